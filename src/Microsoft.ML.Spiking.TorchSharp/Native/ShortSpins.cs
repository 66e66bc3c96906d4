using System.Runtime.InteropServices;
using TorchSharp;

namespace Microsoft.ML.Spiking.Native;

/// <summary>While it lives, libtorch's threads on Linux do not take the cores from .NET's while they wait.</summary>
/// <remarks>
/// A thread of GNU's OpenMP that has nothing to do spins for milliseconds before it sleeps, and libtorch has as many threads as there are cores. Where a
/// process has more of them than processors, each gives up after 100 turns. So this brings the process above that number, with a team that only sleeps: as a
/// rule its host and one more. Neither the number of threads that libtorch computes with changes, nor any number that it computes, nor the environment, which
/// is the application's and is read only when libtorch is loaded. Another OpenMP, as on Windows and macOS, is left as it is.
/// </remarks>
internal sealed unsafe class ShortSpins : IDisposable
{
    private const int StackSize = 256 * 1024;

    private readonly ManualResetEventSlim _over = new();
    private readonly Thread? _host;

    public ShortSpins()
    {
        if (!OperatingSystem.IsLinux() || Export("GOMP_parallel") is not { } parallel || Export("omp_get_num_procs") is not { } processors) return;
        int threads = torch.get_num_threads(), free = ((delegate* unmanaged<int>)processors)() - threads;
        // One thread waits for nobody; and where half of the processors are free, those that spin are in nobody's way.
        if (threads == 1 || free >= threads) return;

        uint team = (uint)Math.Max(0, free) + 2;
        using var asleep = new ManualResetEventSlim();
        _host = new Thread(
            () =>
            {
                // What the team runs, once, is as harmless a function as any.
                ((delegate* unmanaged<nint, nint, uint, uint, void>)parallel)(processors, 0, team, 0);
                asleep.Set();
                _over.Wait();   // the team ends with its host
            },
            StackSize)
        { IsBackground = true, Name = nameof(ShortSpins) };
        _host.Start();
        asleep.Wait();
    }

    public void Dispose()
    {
        _over.Set();
        _host?.Join();
        _over.Dispose();
    }

    /// <summary>A function of the OpenMP that libtorch has brought, whatever its file is called: the loader searches what a library depends on.</summary>
    private static nint? Export(string name)
        => NativeLibrary.TryLoad("LibTorchSharp", typeof(torch).Assembly, searchPath: null, out nint library)
            && NativeLibrary.TryGetExport(library, name, out nint function) ? function : null;
}
