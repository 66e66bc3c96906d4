using System.Collections.Frozen;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Microsoft.ML.Spiking.SecondDevice;

/// <summary>Counts, while it lives, what libtorch's dispatcher is asked for, backward included, by a callback of its profiler.</summary>
internal sealed unsafe class OperationCounter : IDisposable
{
    /// <summary>One kernel, or one call of a library, on a GPU, whatever the CPU's implementation asks for within.</summary>
    private static readonly FrozenSet<string> s_kernels = Named(
        "mm addmm bmm baddbmm sum mean argmax where sort cumsum gather index_select uniform_ zero_ copy_ nll_loss_forward nll_loss_backward index scatter_ scatter stack "
        + "cat tril _log_softmax _log_softmax_backward_data max min sigmoid_backward threshold_backward clamp clamp_min clamp_max abs sgn exp fill_ linalg_vector_norm dot mv "
        + "mul mul_ add add_ sub sub_ div div_ norm addcmul addcmul_ addcdiv addcdiv_ lerp lerp_ addmv addmv_ ge lt gt eq");

    /// <summary>What launches nothing by itself: views, shapes, memory.</summary>
    private static readonly FrozenSet<string> s_silent = Named(
        "view reshape _unsafe_view as_strided t transpose permute select slice narrow unsqueeze squeeze expand flatten detach detach_ alias empty empty_like empty_strided "
        + "resolve_conj resolve_neg lift_fresh lift _reshape_alias unfold expand_as result_type is_nonzero resize_ broadcast_tensors view_as unflatten numpy_T to scalar_tensor "
        + "item _local_scalar_dense set_data new_empty new_empty_strided resize_as_ is_complex select_backward split chunk contiguous pin_memory from_file unbind");

    private static readonly Lock s_gate = new();
    private static delegate* unmanaged<nint, nint> s_name;
    private static OperationCounter? s_counting;

    private readonly Stack<Operation> _open = new();

    /// <param name="library">Where libtorch lies.</param>
    public OperationCounter(string library)
    {
        lock (s_gate)
        {
            if (s_name is null) Install(library);
            s_counting = this;
        }
    }

    /// <summary>Moves between devices or types that were asked for, whether or not there was anything to do.</summary>
    public long Moves { get; private set; }

    /// <summary>Kernels by their names, and how many of each.</summary>
    public SortedDictionary<string, int> Kernels { get; } = [];

    /// <summary>The same of each method of ours that asks for them, in the order in which they first do.</summary>
    public OrderedDictionary<string, SortedDictionary<string, int>> Parts { get; } = [];

    /// <summary>Counts a kernel that libtorch does not know of.</summary>
    public static void Launched(string kernel) => s_counting?.Count(kernel);

    public void Dispose() => s_counting = null;

    private static FrozenSet<string> Named(string names) => names.Split(' ').Select(name => "aten::" + name).ToFrozenSet();

    private static void Install(string library)
    {
        nint lib = NativeLibrary.Load(library);
        s_name = (delegate* unmanaged<nint, nint>)NativeLibrary.GetExport(lib, "_ZNK2at14RecordFunction4nameEv");
        var add = (delegate* unmanaged<RecordCallback, ulong>)NativeLibrary.GetExport(lib, "_ZN2at17addGlobalCallbackENS_22RecordFunctionCallbackE");
        var callback = new RecordCallback { Start = (nint)(delegate* unmanaged<nint*, nint, nint>)&Start, End = (nint)(delegate* unmanaged<nint, nint, void>)&End, Sampling = 1 };
        callback.Scopes[0] = 1;   // functions
        add(callback);
    }

    // What it returns, a std::unique_ptr, goes through a hidden first argument.
    [UnmanagedCallersOnly]
    private static nint Start(nint* context, nint record)
    {
        *context = 0;
        s_counting?.Begin(Marshal.PtrToStringUTF8(s_name(record))!);
        return (nint)context;
    }

    [UnmanagedCallersOnly]
    private static void End(nint record, nint context) => s_counting?.End();

    private void Begin(string name)
    {
        bool within = _open.TryPeek(out Operation? above) && above.IsKernel, kernel = s_kernels.Contains(name);
        if (_open.Count == 0 && name == "aten::to") Moves++;
        if (kernel && !within) Count(name);
        _open.Push(new Operation(name, within || kernel));
    }

    private void End()
    {
        if (!_open.TryPop(out Operation? ended)) return;
        bool counts = !ended.IsKernel && !ended.Launched && !s_silent.Contains(ended.Name) && ended.Name.StartsWith("aten::", StringComparison.Ordinal);
        if (counts) Count(ended.Name);
    }

    /// <summary>The method of the library that is at work.</summary>
    private static string Part() => new StackTrace().GetFrames().Select(frame => frame.GetMethod())
        .Where(method => method?.DeclaringType is { Namespace: { } room } && room.StartsWith("Microsoft.ML.Spiking.", StringComparison.Ordinal) && method.DeclaringType.Assembly != typeof(OperationCounter).Assembly)
        .Select(method => $"{method!.DeclaringType!.Name}.{method.Name}").FirstOrDefault("");

    private void Count(string name)
    {
        string part = Part();
        if (!Parts.TryGetValue(part, out SortedDictionary<string, int>? kernels)) Parts[part] = kernels = [];
        kernels[name] = kernels.GetValueOrDefault(name) + 1;
        Kernels[name] = Kernels.GetValueOrDefault(name) + 1;
        foreach (Operation open in _open) open.Launched = true;
    }
}
