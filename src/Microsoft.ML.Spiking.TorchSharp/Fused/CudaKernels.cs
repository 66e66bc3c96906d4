namespace Microsoft.ML.Spiking.Fused;

/// <summary>The kernels on a GPU: PTX that <c>build/Ptx</c> makes of C#, launched in libtorch's own context.</summary>
internal sealed unsafe class CudaKernels : FusedKernels
{
    private const int Threads = 256;

    /// <summary>Enough for the arguments of any kernel.</summary>
    private const int MostArguments = 12;

    private readonly CudaDriver _driver;
    private readonly int _device;
    private readonly nint _context, _module;
    private readonly Dictionary<string, nint> _functions;

    private CudaKernels(CudaDriver driver, int device, nint context)
    {
        (_driver, _device, _context) = (driver, device, context);
        driver.Enter(context);
        try
        {
            _module = driver.Load(KernelSource.Read());
            _functions = ((string[])[Neurons, NeuronsBack, Spikes]).ToDictionary(name => name, name => driver.Function(_module, name));
        }
        finally
        {
            driver.Leave();
        }
    }

    /// <summary>Loads the kernels.</summary>
    /// <param name="driver">By what.</param>
    /// <param name="index">For which GPU, from 0.</param>
    /// <exception cref="InvalidOperationException">The driver does not take them.</exception>
    public static CudaKernels Open(CudaDriver driver, int index)
    {
        int device = driver.Device(index);
        nint context = driver.PrimaryContext(device);
        try
        {
            return new CudaKernels(driver, device, context);
        }
        catch
        {
            driver.Release(device);
            throw;
        }
    }

    public override void Dispose()
    {
        _driver.Enter(_context);
        _driver.Unload(_module);
        _driver.Leave();
        _driver.Release(_device);
    }

    protected override void Launch(string kernel, int lanes, KernelArgument[] arguments)
    {
        byte* memory = stackalloc byte[16 * MostArguments];
        void** places = stackalloc void*[MostArguments];
        KernelArgument[] all = [KernelArgument.Of(lanes), .. arguments];
        for (int i = 0; i < all.Length; i++)
        {
            places[i] = memory + 16 * i;
            all[i].Write(new Span<byte>(places[i], 16));
        }
        _driver.Enter(_context);
        try
        {
            _driver.Launch(_functions[kernel], (uint)((lanes + Threads - 1) / Threads), Threads, places);
        }
        finally
        {
            _driver.Leave();
        }
    }
}
