using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using TorchAdamW = TorchSharp.Modules.AdamW;

namespace Microsoft.ML.Spiking;

/// <summary><see cref="AdamW"/> over a network's parameters: clips the gradient, sets the scheduled learning rates and steps.</summary>
internal sealed class GradientDescent : IDisposable
{
    private readonly AdamW _rule;
    private readonly SpikingNetwork _network;
    private readonly TorchAdamW _optimiser;
    private readonly long _total;
    private long _done;

    /// <param name="network">Whose parameters are trained.</param>
    /// <param name="total">Batches in all, for the schedule.</param>
    public GradientDescent(SpikingNetwork network, long total)
    {
        (_rule, _network, _total) = (network.Options.Optimiser, network, total);
        _optimiser = new TorchAdamW(Groups(), _rule.LearningRate, _rule.Beta1, _rule.Beta2, _rule.Epsilon, _rule.WeightDecay);
    }

    /// <summary>Learning rates of the next step: readout, connections between columns, and the input scale where there is one.</summary>
    public double[] LearningRates => [.. InitialRates().Select(rate => _rule.Scheduled(rate, _done, _total))];

    /// <summary>Euclidean norm of the gradient over all parameters that have one, a scalar on the device.</summary>
    public Tensor GradientNorm()
    {
        using var scope = NewDisposeScope();
        Tensor squares = zeros([], device: _network.Device);
        foreach (Parameter parameter in _network.Parameters)
            if (parameter.grad is { } gradient) squares = squares + gradient.square().sum();
        return squares.sqrt().MoveToOuterDisposeScope();
    }

    /// <summary>Clips, steps and forgets the gradients.</summary>
    public void Step()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor factor = (_rule.GradientNormLimit / (GradientNorm() + 1e-6)).clamp_max(1);
        foreach (Parameter parameter in _network.Parameters) parameter.grad?.mul_(factor);

        double[] rates = LearningRates;
        int group = 0;
        foreach (var parameters in _optimiser.ParamGroups) parameters.LearningRate = rates[group++];
        _optimiser.step();
        _optimiser.zero_grad();
        _done++;
    }

    public void Dispose() => _optimiser.Dispose();

    private IEnumerable<double> InitialRates()
    {
        yield return _rule.LearningRate;
        yield return _rule.LearningRate * _rule.InterWeightFactor;
        if (_network.InputScale is not null) yield return _rule.LearningRate * _rule.InputScaleFactor;
    }

    private IEnumerable<TorchAdamW.ParamGroup> Groups()
    {
        yield return Group(_network.Readout);
        yield return Group([_network.InterWeights]);
        if (_network.InputScale is { } scale) yield return Group([scale]);
    }

    private TorchAdamW.ParamGroup Group(IEnumerable<Parameter> parameters) => new(parameters, new TorchAdamW.Options
    {
        LearningRate = _rule.LearningRate,
        InitialLearningRate = _rule.LearningRate,
        beta1 = _rule.Beta1,
        beta2 = _rule.Beta2,
        eps = _rule.Epsilon,
        weight_decay = _rule.WeightDecay,
    });
}
