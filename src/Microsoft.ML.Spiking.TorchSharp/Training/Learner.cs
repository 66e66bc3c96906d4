using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking;

/// <summary>What one batch teaches a network: plasticity between the columns, and the gradient of the loss.</summary>
internal sealed class Learner(SpikingNetwork network, ColumnEngine columns)
{
    private readonly SpikingNetworkOptions _options = network.Options;

    private readonly List<StructuralChange> _journal = [];

    /// <summary>Batches learnt from.</summary>
    public long Step { get; private set; }

    /// <summary>The connections that formed and went, in order.</summary>
    public IReadOnlyList<StructuralChange> Journal => _journal;

    /// <summary>Goes on where another learner of such a network stopped.</summary>
    public void Resume(long step, IEnumerable<StructuralChange> journal)
    {
        Step = step;
        _journal.AddRange(journal);
    }

    /// <summary>Learns from what the columns did with a batch; leaves the gradients for the optimiser.</summary>
    /// <param name="pass">What the columns did.</param>
    /// <param name="labels">Classes from 0, [batch], Int64.</param>
    /// <param name="weights">
    /// How much each row counts in the loss, [batch], 1 on the mean of all training rows; null where all count alike. Plasticity and homeostasis follow what the columns do, whatever a row weighs.
    /// </param>
    public StepResult Learn(ColumnPass pass, Tensor labels, Tensor? weights = null)
    {
        using var scope = NewDisposeScope();
        Step++;
        Tensor spikeRates = SpikeRates(pass);
        Tensor columnRates = ColumnRates(spikeRates);

        Adapt(pass);
        _options.Homeostasis?.Adapt(network.Plasticity, columnRates.detach());

        Tensor logits = network.LogitsWithDropout(Scaled(spikeRates));
        Tensor crossEntropy = CrossEntropy(logits, labels, weights, _options.LabelSmoothing);
        Tensor rateLoss = HomeostasisStep.RateLoss(network.Plasticity, columnRates);
        Tensor loss = crossEntropy.add(rateLoss, alpha: (_options.Homeostasis?.RateLossWeight ?? 0).Rooted());
        loss.backward();
        columns.Backward(network, pass);
        return new StepResult(
            logits.detach().MoveToOuterDisposeScope(), columnRates.detach().MoveToOuterDisposeScope(), crossEntropy.detach().MoveToOuterDisposeScope(),
            rateLoss.detach().MoveToOuterDisposeScope(), loss.detach().MoveToOuterDisposeScope());
    }

    /// <summary>The logits and column rates of a pass in evaluation: no dropout, nothing changes.</summary>
    public (Tensor Logits, Tensor ColumnRates) Evaluate(ColumnPass pass)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor spikeRates = SpikeRates(pass);
        return (network.Logits(Scaled(spikeRates)).MoveToOuterDisposeScope(), ColumnRates(spikeRates).MoveToOuterDisposeScope());
    }

    /// <summary>The same, while the connections between the columns go on learning by plasticity alone.</summary>
    public (Tensor Logits, Tensor ColumnRates) EvaluateAndAdapt(ColumnPass pass)
    {
        Step++;
        Adapt(pass);
        return Evaluate(pass);
    }

    /// <summary>STDP, and structural plasticity if it is the batch's turn.</summary>
    private void Adapt(ColumnPass pass)
    {
        using var noGrad = no_grad();
        if (_options.Stdp is not { } stdp) return;
        network.Plasticity.Motion.Start(network);
        stdp.Learn(network, pass);
        network.Plasticity.Motion.AddStdp(network);
        if (_options.StructuralPlasticity is { } rule && Step % rule.Interval == 0) Restructure(rule, stdp.CoActivity);
    }

    private void Restructure(StructuralPlasticity rule, CoActivity measure)
    {
        using var scope = NewDisposeScope();
        static float[] Read(Tensor tensor) => tensor.detach().cpu().data<float>().ToArray();
        PlasticityState state = network.Plasticity;
        var connections = new Connections(_options.Columns, Read(network.Topology), Read(network.InterWeights), Read(state.Potential), Read(state.Usage), state.Age);
        _journal.AddRange(rule.Apply(connections, measure, (int)Step));
        network.Topology.copy_(tensor(connections.Topology, network.Topology.shape, device: CPU));
        network.InterWeights.copy_(tensor(connections.Weights, network.InterWeights.shape, device: CPU));
    }

    // Not divided by the batch's own weights: a batch without a rare row would then teach as much as one with it, and the noise of that costs most of what weights gain.
    private static Tensor CrossEntropy(Tensor logits, Tensor labels, Tensor? weights, double smoothing) => weights is null
        ? nn.functional.cross_entropy(logits, labels, label_smoothing: smoothing)
        : nn.functional.cross_entropy(logits, labels, reduction: nn.Reduction.None, label_smoothing: smoothing).mul(weights).mean();

    private Tensor Scaled(Tensor spikeRates)
        => _options.Homeostasis is { } rule ? spikeRates * rule.Scale(network.Plasticity).unsqueeze(1) : spikeRates;

    private static Tensor SpikeRates(ColumnPass pass) => pass.Accumulated.div(((double)pass.Rates.shape[0]).Rooted());

    /// <summary>Mean over batch and neurons of |spike rate|, [column]; differentiable where the columns learn, and so can follow it.</summary>
    private Tensor ColumnRates(Tensor spikeRates)
        => (_options.Learning is Surrogate ? spikeRates : spikeRates.detach()).abs().mean([0, 2]);
}
