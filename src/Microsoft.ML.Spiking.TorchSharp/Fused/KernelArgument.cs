using System.Buffers.Binary;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Fused;

/// <summary>An argument of a kernel, as it lies in memory.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Bits">Its value, or where a tensor's numbers lie.</param>
/// <param name="Length">How many numbers a tensor has.</param>
internal readonly record struct KernelArgument(KernelArgumentKind Kind, long Bits, long Length = 0)
{
    /// <summary>Bytes, and what its place is a multiple of.</summary>
    public (int Size, int Alignment) Layout => Kind switch
    {
        KernelArgumentKind.Numbers => (16, 8),
        KernelArgumentKind.Int64 => (8, 8),
        _ => (4, 4),
    };

    public static KernelArgument Of(int value) => new(KernelArgumentKind.Int32, value);

    public static KernelArgument Of(ulong value) => new(KernelArgumentKind.Int64, unchecked((long)value));

    public static KernelArgument Of(float value) => new(KernelArgumentKind.Float32, BitConverter.SingleToInt32Bits(value));

    /// <summary>The numbers of a float32 tensor, which lie one after the other.</summary>
    public static KernelArgument Of(Tensor tensor)
    {
        if (!tensor.is_contiguous() || tensor.dtype != float32)
            throw new ArgumentException("a kernel takes float32 numbers that lie one after the other.", nameof(tensor));
        using var scope = NewDisposeScope();   // of the storage's own view of the tensor
        return new(KernelArgumentKind.Numbers, tensor.storage<float>().data_ptr() + (nint)tensor.storage_offset() * sizeof(float), tensor.numel());
    }

    /// <summary>Writes it where a kernel reads it.</summary>
    public void Write(Span<byte> memory)
    {
        if (Layout.Size == 4) BinaryPrimitives.WriteInt32LittleEndian(memory, (int)Bits);
        else BinaryPrimitives.WriteInt64LittleEndian(memory, Bits);
        if (Kind == KernelArgumentKind.Numbers) BinaryPrimitives.WriteInt64LittleEndian(memory[8..], Length);
    }
}
