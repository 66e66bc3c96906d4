using Microsoft.ML.Spiking.State;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Plasticity;

/// <summary>How far STDP and the gradient have moved the connections' weights: Σ|Δw| of each over what is connected, summed on the device.</summary>
internal sealed class WeightMotion : IDisposable
{
    private readonly Tensor _byStdp, _byGradient;

    public WeightMotion(Device device)
    {
        _byStdp = zeros(1, float32, device).DetachFromDisposeScope();
        _byGradient = zeros(1, float32, device).DetachFromDisposeScope();
    }

    /// <summary>The sums, for a checkpoint.</summary>
    public IEnumerable<StateArray> State =>
    [
        _byStdp.Alone("plasticity.motion.stdp") with { Range = StateRange.NotNegative },
        _byGradient.Alone("plasticity.motion.gradient") with { Range = StateRange.NotNegative },
    ];

    /// <summary>Adds what a training batch has taught the connections.</summary>
    /// <param name="change">Δw, [post, pre].</param>
    /// <param name="topology">1 where connected, [post, pre].</param>
    public void AddStdp(Tensor change, Tensor topology) => Add(_byStdp, change, topology, 1);

    /// <summary>Adds how far the optimiser has moved them.</summary>
    /// <param name="direction">Where to, [post, pre].</param>
    /// <param name="rate">What multiplies that.</param>
    /// <param name="topology">1 where connected, [post, pre].</param>
    public void AddGradient(Tensor direction, double rate, Tensor topology) => Add(_byGradient, direction, topology, (float)rate);

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
        _byStdp.Dispose();
        _byGradient.Dispose();
    }

    private static void Add(Tensor sum, Tensor change, Tensor topology, float factor)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        sum.addmv_(change.abs().view(1, -1), topology.view(-1), 1, factor);
    }
}
