using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary><see cref="BatchKernels"/> of one width.</summary>
/// <param name="name">Where the tables are, and the width.</param>
/// <param name="currents">Makes the currents from tables of a simulation.</param>
internal sealed unsafe class BatchKernels<TWidth, TFloats, TWords>(string name, Func<ITableCurrents> currents) : BatchKernels
    where TWidth : struct, IFloatLanes<TFloats>, IDrawLanes<TWords>
    where TFloats : unmanaged
    where TWords : unmanaged
{
    public override string Name => name;

    public override ITableCurrents Currents() => currents();

    public override void Draw(PoissonThresholds thresholds, CounterRandom random, PackedSpikes spikes)
        => PoissonKernel.Draw<TWidth, TWords>(thresholds, random, spikes);

    public override void Run(short* currents, int stride, int steps, Lanes lanes, int lane, float scale, ulong* spikes, sbyte* counts)
        => BatchNeuronKernel.Run<TWidth, TFloats>(currents, stride, steps, lanes, lane, scale, spikes, counts);

    public override void Forward(ulong* spikes, int steps, float* gains, float sign, float* accumulated)
        => BatchAccumulateKernel.Forward<TWidth, TFloats>(spikes, steps, gains, sign, accumulated);

    public override void Backward(ulong* spikes, int steps, float* accumulated, float sign, float* gains)
        => BatchAccumulateKernel.Backward<TWidth, TFloats>(spikes, steps, accumulated, sign, gains);
}
