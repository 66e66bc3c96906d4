using System.Buffers.Binary;
using System.Text;

namespace Microsoft.ML.Spiking.Checkpoints;

/// <summary>Writes values as a pickle of protocol 2, the one that torch.save writes, and that torch.load reads with weights_only too.</summary>
/// <remarks>No fractions, which the weights_only of PyTorch 1.13 does not read: they go as tensors.</remarks>
internal sealed class Pickler : IDisposable
{
    private readonly MemoryStream _pickle = new();

    /// <summary>The numbers of the storages, by the order of their keys.</summary>
    private readonly List<byte[]> _storages = [];

    /// <summary>The pickle of a value, and its storages.</summary>
    public static (byte[] Pickle, IReadOnlyList<byte[]> Storages) Write(PickleDict value)
    {
        using var pickler = new Pickler();
        pickler._pickle.Write([0x80, 2]);
        pickler.Emit(value);
        pickler._pickle.WriteByte((byte)'.');
        return (pickler._pickle.ToArray(), pickler._storages);
    }

    public void Dispose() => _pickle.Dispose();

    private void Emit(object? value)
    {
        switch (value)
        {
            case string text:
                Emit(text);
                break;
            case long number:
                Emit(number);
                break;
            case PickleDict dictionary:
                if (dictionary.IsOrdered) _pickle.Write("ccollections\nOrderedDict\n)R("u8);
                else _pickle.Write("}("u8);
                foreach (var (name, member) in dictionary)
                {
                    Emit(name);
                    Emit(member);
                }
                _pickle.WriteByte((byte)'u');
                break;
            case PickleTensor tensor:
                Emit(tensor);
                break;
            default:
                throw new NotSupportedException($"{value?.GetType().Name ?? "null"} is not written.");
        }
    }

    private void Emit(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        _pickle.WriteByte((byte)'X');
        Write(bytes.Length);
        _pickle.Write(bytes);
    }

    private void Emit(long number)
    {
        if (number is >= int.MinValue and <= int.MaxValue)
        {
            _pickle.WriteByte((byte)'J');
            Write((int)number);
            return;
        }
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        _pickle.Write([0x8A, sizeof(long)]);
        _pickle.Write(bytes);
    }

    // torch._utils._rebuild_tensor_v2(storage, 0, shape, strides, requires_grad=False, hooks=OrderedDict())
    private void Emit(PickleTensor tensor)
    {
        _pickle.Write("ctorch._utils\n_rebuild_tensor_v2\n(("u8);
        Emit("storage");
        _pickle.Write(Encoding.ASCII.GetBytes($"ctorch\n{tensor.Type.Storage["torch.".Length..]}\n"));
        Emit($"{_storages.Count}");
        Emit("cpu");
        Emit((long)tensor.Numbers.Length / tensor.Type.Bytes);
        _pickle.Write("tQ"u8);
        _storages.Add(tensor.Numbers);
        Emit(0L);
        Tuple(tensor.Shape);
        var strides = new int[tensor.Shape.Length];
        for ((int i, int stride) = (strides.Length - 1, 1); i >= 0; stride *= Math.Max(1, tensor.Shape[i--])) strides[i] = stride;
        Tuple(strides);
        _pickle.Write([0x89]);
        _pickle.Write("ccollections\nOrderedDict\n)RtR"u8);
    }

    private void Tuple(int[] numbers)
    {
        _pickle.WriteByte((byte)'(');
        foreach (int number in numbers) Emit((long)number);
        _pickle.WriteByte((byte)'t');
    }

    private void Write(int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        _pickle.Write(bytes);
    }
}
