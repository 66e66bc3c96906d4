using System.Runtime.InteropServices;

namespace Microsoft.ML.Spiking.Fused;

/// <summary>What is called of NVIDIA's driver, which libtorch uses too.</summary>
internal sealed unsafe class CudaDriver
{
    private readonly delegate* unmanaged<int*, int, int> _deviceGet;
    private readonly delegate* unmanaged<nint*, int, int> _primaryContextRetain;
    private readonly delegate* unmanaged<int, int> _primaryContextRelease;
    private readonly delegate* unmanaged<nint, int> _contextPush;
    private readonly delegate* unmanaged<nint*, int> _contextPop;
    private readonly delegate* unmanaged<nint*, byte*, int> _moduleLoadData;
    private readonly delegate* unmanaged<nint, int> _moduleUnload;
    private readonly delegate* unmanaged<nint*, nint, byte*, int> _moduleGetFunction;
    private readonly delegate* unmanaged<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, int> _launchKernel;

    /// <param name="export">Where a function of the driver lies, by its name.</param>
    public CudaDriver(Func<string, nint> export)
    {
        _deviceGet = (delegate* unmanaged<int*, int, int>)export("cuDeviceGet");
        _primaryContextRetain = (delegate* unmanaged<nint*, int, int>)export("cuDevicePrimaryCtxRetain");
        _primaryContextRelease = (delegate* unmanaged<int, int>)export("cuDevicePrimaryCtxRelease_v2");
        _contextPush = (delegate* unmanaged<nint, int>)export("cuCtxPushCurrent_v2");
        _contextPop = (delegate* unmanaged<nint*, int>)export("cuCtxPopCurrent_v2");
        _moduleLoadData = (delegate* unmanaged<nint*, byte*, int>)export("cuModuleLoadData");
        _moduleUnload = (delegate* unmanaged<nint, int>)export("cuModuleUnload");
        _moduleGetFunction = (delegate* unmanaged<nint*, nint, byte*, int>)export("cuModuleGetFunction");
        _launchKernel = (delegate* unmanaged<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, int>)export("cuLaunchKernel");
    }

    /// <summary>The machine's own.</summary>
    /// <exception cref="DllNotFoundException">There is none.</exception>
    /// <exception cref="EntryPointNotFoundException">It is another.</exception>
    public static CudaDriver Load()
    {
        string name = OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1";
        return NativeLibrary.TryLoad(name, out nint driver)
            ? new CudaDriver(function => NativeLibrary.GetExport(driver, function))
            : throw new DllNotFoundException($"the driver of NVIDIA, {name}, is not there.");
    }

    public int Device(int index)
    {
        int device;
        Check(_deviceGet(&device, index), "cuDeviceGet");
        return device;
    }

    /// <summary>The context that libtorch computes in.</summary>
    public nint PrimaryContext(int device)
    {
        nint context;
        Check(_primaryContextRetain(&context, device), "cuDevicePrimaryCtxRetain");
        return context;
    }

    public void Release(int device) => Check(_primaryContextRelease(device), "cuDevicePrimaryCtxRelease");

    public void Enter(nint context) => Check(_contextPush(context), "cuCtxPushCurrent");

    public void Leave()
    {
        nint context;
        Check(_contextPop(&context), "cuCtxPopCurrent");
    }

    /// <summary>Loads kernels.</summary>
    /// <param name="ptx">PTX, with a 0 behind it.</param>
    public nint Load(ReadOnlySpan<byte> ptx)
    {
        nint module;
        fixed (byte* text = ptx) Check(_moduleLoadData(&module, text), "cuModuleLoadData");
        return module;
    }

    public void Unload(nint module) => Check(_moduleUnload(module), "cuModuleUnload");

    public nint Function(nint module, string name)
    {
        nint function;
        byte* text = (byte*)Marshal.StringToCoTaskMemUTF8(name);
        try
        {
            Check(_moduleGetFunction(&function, module, text), "cuModuleGetFunction");
            return function;
        }
        finally
        {
            Marshal.FreeCoTaskMem((nint)text);
        }
    }

    /// <summary>Launches on the stream that libtorch launches on where nobody has set another: the context's own.</summary>
    public void Launch(nint function, uint blocks, uint threads, void** arguments)
        => Check(_launchKernel(function, blocks, 1, 1, threads, 1, 1, 0, 0, arguments, null), "cuLaunchKernel");

    private static void Check(int result, string call)
    {
        if (result != 0) throw new InvalidOperationException($"{call} of NVIDIA's driver gave the error {result}.");
    }
}
