using System.Text;

namespace Microsoft.ML.Spiking.Checkpoints;

/// <summary>Everything that a pickle may call, by name, and what becomes of it: values of this program. Nothing else is ever made or called.</summary>
internal static class PickleCalls
{
    private static readonly Dictionary<string, TorchType> s_storages = TorchType.All.ToDictionary(type => type.Storage);

    private static readonly Dictionary<string, Func<object?[], object?>> s_calls = new()
    {
        ["collections.OrderedDict"] = arguments => arguments is [] ? new PickleDict(ordered: true) : null,
        ["collections.defaultdict"] = arguments => arguments is [] or [PickleGlobal] ? new PickleDict() : null,
        ["torch._utils._rebuild_tensor"] = Tensor,
        ["torch._utils._rebuild_tensor_v2"] = Tensor,
        ["torch._utils._rebuild_parameter"] = arguments => arguments is [TorchTensor tensor, ..] ? tensor : null,
        ["torch.Size"] = arguments => arguments is [object?[] sizes] ? sizes : null,
        ["torch.device"] = arguments => arguments is [string device, ..] ? device : null,
        ["builtins.set"] = Set,
        ["__builtin__.set"] = Set,
        ["numpy.dtype"] = arguments => arguments is [string name, ..] ? new NumpyType(name) : null,
        ["numpy.core.multiarray.scalar"] = Scalar,
        ["numpy._core.multiarray.scalar"] = Scalar,
        ["_codecs.encode"] = arguments => arguments is [string text, "latin1"] ? Encoding.Latin1.GetBytes(text) : null,
    };

    // Mentioned, and never called.
    private static readonly HashSet<string> s_names =
    [
        "builtins.list", "builtins.int", "builtins.float", "__builtin__.list", "__builtin__.int", "__builtin__.float",
        "torch.float32", "torch.float16", "torch.bfloat16", "torch.float64",
    ];

    /// <exception cref="InvalidDataException">It is not among them.</exception>
    public static PickleGlobal Global(string name)
        => s_calls.ContainsKey(name) || s_storages.ContainsKey(name) || s_names.Contains(name)
            ? new(name)
            : throw new InvalidDataException($"it asks for '{Short(name)}', which is never made of a stranger's file; save a state_dict, of tensors, numbers, "
                + "texts, lists and dictionaries, and no object.");

    /// <exception cref="InvalidDataException">It cannot be called so.</exception>
    public static object Call(PickleGlobal global, object?[] arguments)
        => s_calls.TryGetValue(global.Name, out var call) && call(arguments) is { } made
            ? made : throw new InvalidDataException($"it calls '{global.Name}' in a way that PyTorch does not.");

    /// <summary>The type of a storage; null where it is none.</summary>
    public static TorchType? Storage(PickleGlobal global) => s_storages.GetValueOrDefault(global.Name);

    private static TorchTensor? Tensor(object?[] arguments)
        => arguments is [TorchStorage storage, long offset, object?[] shape, object?[] strides, ..] && shape.All(size => size is long)
            && strides.All(stride => stride is long)
            ? TorchTensor.Of(storage, offset, [.. shape.Cast<long>()], [.. strides.Cast<long>()])
            : null;

    private static List<object?>? Set(object?[] arguments) => arguments is [List<object?> items] ? items : arguments is [] ? [] : null;

    private static object? Scalar(object?[] arguments) => arguments is not [NumpyType type, byte[] bytes] ? null : (type.Name, bytes.Length) switch
    {
        ("f8", 8) => BitConverter.ToDouble(bytes),
        ("f4", 4) => (double)BitConverter.ToSingle(bytes),
        ("f2", 2) => (double)BitConverter.ToHalf(bytes),
        ("i8", 8) => BitConverter.ToInt64(bytes),
        ("i4", 4) => (long)BitConverter.ToInt32(bytes),
        ("b1", 1) => bytes[0] != 0,
        _ => null,
    };

    private static string Short(string name) => name.Length <= 100 ? name : $"{name[..100]}…";
}
