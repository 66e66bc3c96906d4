using TorchSharp;
using static Microsoft.ML.Spiking.RootedScalars;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking;

/// <summary>How far STDP and the gradient have moved the connections' weights: Σ|Δw| of each over what is connected, summed on the device.</summary>
internal sealed class WeightMotion : IDisposable
{
    private readonly Tensor _before, _byStdp, _byGradient;

    public WeightMotion(int columns, Device device)
    {
        _before = zeros(columns, columns, float32, device).DetachFromDisposeScope();
        _byStdp = zeros([], float32, device).DetachFromDisposeScope();
        _byGradient = zeros([], float32, device).DetachFromDisposeScope();
    }

    /// <summary>The sums, for a checkpoint.</summary>
    public IEnumerable<StateArray> State => [StateArray.Of("plasticity.motion.stdp", _byStdp), StateArray.Of("plasticity.motion.gradient", _byGradient)];

    /// <summary>Remembers the weights before a move.</summary>
    public void Start(SpikingNetwork network)
    {
        using var noGrad = no_grad();
        _before.copy_(network.InterWeights);
    }

    public void AddStdp(SpikingNetwork network) => Add(_byStdp, network);

    public void AddGradient(SpikingNetwork network) => Add(_byGradient, network);

    public void Reset()
    {
        _byStdp.zero_();
        _byGradient.zero_();
    }

    /// <summary>STDP's part of all that moved the weights, 0 to 1; null where nothing did. Waits for the device.</summary>
    public double? StdpShare()
    {
        using Tensor stdp = _byStdp.cpu(), gradient = _byGradient.cpu();
        double byStdp = stdp.item<float>(), all = byStdp + gradient.item<float>();
        return all > 0 ? byStdp / all : null;
    }

    public void Dispose()
    {
        foreach (Tensor tensor in (Tensor[])[_before, _byStdp, _byGradient]) tensor.Dispose();
    }

    private void Add(Tensor sum, SpikingNetwork network)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        sum.add_(((network.InterWeights - _before) * network.Topology).abs().sum(), One);
    }
}
