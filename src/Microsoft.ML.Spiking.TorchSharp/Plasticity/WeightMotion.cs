using Microsoft.ML.Spiking.State;
using static Microsoft.ML.Spiking.Native.RootedScalars;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Plasticity;

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
    public IEnumerable<StateArray> State => [_byStdp.As("plasticity.motion.stdp"), _byGradient.As("plasticity.motion.gradient")];

    /// <summary>Remembers the weights before a move.</summary>
    public void Start(LayerTensors layer)
    {
        using var noGrad = no_grad();
        _before.copy_(layer.InterWeights);
    }

    public void AddStdp(LayerTensors layer) => Add(_byStdp, layer);

    public void AddGradient(LayerTensors layer) => Add(_byGradient, layer);

    public void Reset()
    {
        _byStdp.zero_();
        _byGradient.zero_();
    }

    /// <summary>Plasticity's part of all that moved the weights of some layers, 0 to 1; null where nothing did. Waits for the device.</summary>
    public static double? StdpShare(IEnumerable<LayerTensors> layers)
    {
        double byStdp = 0, all = 0;
        foreach (LayerTensors layer in layers)
        {
            using Tensor stdp = layer.Plasticity.Motion._byStdp.cpu(), gradient = layer.Plasticity.Motion._byGradient.cpu();
            byStdp += stdp.item<float>();
            all += (double)stdp.item<float>() + gradient.item<float>();
        }
        return all > 0 ? byStdp / all : null;
    }

    public void Dispose()
    {
        foreach (Tensor tensor in (Tensor[])[_before, _byStdp, _byGradient]) tensor.Dispose();
    }

    private void Add(Tensor sum, LayerTensors layer)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        sum.add_((layer.InterWeights - _before).mul_(layer.Topology).norm(1f), One);
    }
}
