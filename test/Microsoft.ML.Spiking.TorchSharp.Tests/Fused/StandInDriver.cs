using System.Runtime.InteropServices;
using System.Text;

namespace Microsoft.ML.Spiking.Tests.Fused;

/// <summary>
/// A driver in the place of NVIDIA's: it takes PTX and launches what that says, on the CPU and on its memory, and refuses what the other would refuse. What
/// it does is done for real; that the other does the same is what only a GPU can tell.
/// </summary>
internal static unsafe class StandInDriver
{
    private const int InvalidValue = 1, InvalidContext = 201, NotFound = 500;

    /// <summary>What a device and its context are known by.</summary>
    private const int Device = 40, Handle = 4000;

    private static readonly Stack<nint> s_contexts = [];
    private static readonly Dictionary<nint, PtxMachine> s_functions = [];
    private static Dictionary<string, PtxMachine>? s_module;

    /// <summary>The text that the library holds.</summary>
    public static string Held => Encoding.UTF8.GetString(KernelSource.Read()).TrimEnd('\0').ReplaceLineEndings("\n");

    /// <summary>What is changed in a text before it is loaded; null for nothing.</summary>
    public static (string Right, string Wrong)? Change { get; set; }

    /// <summary>Contexts that are held, and that have been entered and not left.</summary>
    public static int Open { get; private set; }

    /// <summary>Blocks of the last launch.</summary>
    public static uint Blocks { get; private set; }

    public static CudaDriver Driver => new(name => name switch
    {
        "cuDeviceGet" => (nint)(delegate* unmanaged<int*, int, int>)&DeviceGet,
        "cuDevicePrimaryCtxRetain" => (nint)(delegate* unmanaged<nint*, int, int>)&Retain,
        "cuDevicePrimaryCtxRelease_v2" => (nint)(delegate* unmanaged<int, int>)&Release,
        "cuCtxPushCurrent_v2" => (nint)(delegate* unmanaged<nint, int>)&Push,
        "cuCtxPopCurrent_v2" => (nint)(delegate* unmanaged<nint*, int>)&Pop,
        "cuModuleLoadData" => (nint)(delegate* unmanaged<nint*, byte*, int>)&Load,
        "cuModuleUnload" => (nint)(delegate* unmanaged<nint, int>)&Unload,
        "cuModuleGetFunction" => (nint)(delegate* unmanaged<nint*, nint, byte*, int>)&Function,
        "cuLaunchKernel" => (nint)(delegate* unmanaged<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, int>)&Launch,
        _ => throw new EntryPointNotFoundException(name),
    });

    private static bool Entered => s_contexts.TryPeek(out nint context) && context == Handle;

    [UnmanagedCallersOnly]
    private static int DeviceGet(int* device, int index)
    {
        *device = Device;
        return index == 0 ? 0 : InvalidValue;
    }

    [UnmanagedCallersOnly]
    private static int Retain(nint* context, int device)
    {
        Open++;
        *context = Handle;
        return device == Device ? 0 : InvalidValue;
    }

    [UnmanagedCallersOnly]
    private static int Release(int device)
    {
        Open--;
        return device == Device ? 0 : InvalidValue;
    }

    [UnmanagedCallersOnly]
    private static int Push(nint context)
    {
        Open++;
        s_contexts.Push(context);
        return context == Handle ? 0 : InvalidContext;
    }

    [UnmanagedCallersOnly]
    private static int Pop(nint* context)
    {
        Open--;
        return s_contexts.TryPop(out *context) ? 0 : InvalidContext;
    }

    [UnmanagedCallersOnly]
    private static int Load(nint* module, byte* text)
    {
        if (!Entered) return InvalidContext;
        string ptx = Marshal.PtrToStringUTF8((nint)text)!;   // up to the 0 behind it
        s_module = PtxMachines.Of(Change is var (right, wrong) ? ptx.Replace(right, wrong, StringComparison.Ordinal) : ptx);
        *module = 7;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int Unload(nint module)
    {
        if (!Entered) return InvalidContext;
        s_functions.Clear();
        return module == 7 ? 0 : InvalidValue;
    }

    [UnmanagedCallersOnly]
    private static int Function(nint* function, nint module, byte* name)
    {
        if (module != 7 || !s_module!.TryGetValue(Marshal.PtrToStringUTF8((nint)name)!, out PtxMachine? machine)) return NotFound;
        s_functions[*function = s_functions.Count + 1] = machine;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int Launch(nint function, uint x, uint y, uint z, uint threads, uint threadsY, uint threadsZ, uint shared, nint stream, void** arguments, void** extra)
    {
        if (!Entered) return InvalidContext;
        if ((y, z, threadsY, threadsZ, shared, stream) != (1, 1, 1, 1, 0, 0) || extra is not null || threads is 0 or > 1024 || x == 0) return InvalidValue;
        Blocks = x;
        for (uint block = 0; block < x; block++)
            for (uint thread = 0; thread < threads; thread++) s_functions[function].Run(block, thread, threads, arguments);
        return 0;
    }
}
