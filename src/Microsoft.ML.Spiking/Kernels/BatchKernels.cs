using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>The kernels of a batch, samples in lanes, for registers of a width. All of them do the same to the bit.</summary>
internal abstract unsafe class BatchKernels
{
    /// <summary>Those that the processor runs, the fastest first.</summary>
    public static IReadOnlyList<BatchKernels> Supported { get; } =
    [
        .. Avx512BW.IsSupported ? Only(new BatchKernels<Width512, Vector512<float>, Vector512<ulong>>(
            "tables in registers, 512 bits", () => new RegisterTables())) : [],
        .. Avx2.IsSupported ? Only(new BatchKernels<Width256, Vector256<float>, Vector256<ulong>>(
            "tables in the cache, 256 bits", () => new MemoryTables(MemoryTableKernel.Add256))) : [],
        new BatchKernels<Width128, Vector128<float>, Vector128<ulong>>(
            "tables in the cache, 128 bits", () => new MemoryTables(MemoryTableKernel.Add128)),
    ];

    /// <summary>What runs here.</summary>
    public static BatchKernels Fastest { get; } = Supported[0];

    /// <summary>Where the tables are, and the width.</summary>
    public abstract string Name { get; }

    /// <summary>Currents from tables, for one simulation.</summary>
    public abstract ITableCurrents Currents();

    /// <inheritdoc cref="PoissonKernel.Draw{TWidth, TWords}(PoissonThresholds, CounterRandom, PackedSpikes)"/>
    public abstract void Draw(PoissonThresholds thresholds, CounterRandom random, PackedSpikes spikes);

    /// <inheritdoc cref="BatchNeuronKernel.Run"/>
    public abstract void Run(short* currents, int stride, int steps, Lanes lanes, int lane, float scale, ulong* spikes, sbyte* counts);

    /// <inheritdoc cref="BatchAccumulateKernel.Forward"/>
    public abstract void Forward(ulong* spikes, int steps, float* gains, float sign, float* accumulated);

    /// <inheritdoc cref="BatchAccumulateKernel.Backward"/>
    public abstract void Backward(ulong* spikes, int steps, float* accumulated, float sign, float* gains);

    private static BatchKernels[] Only(BatchKernels kernels) => [kernels];
}
