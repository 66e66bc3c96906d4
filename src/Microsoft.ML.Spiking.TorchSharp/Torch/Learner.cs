using Microsoft.ML.Spiking.Plasticity;
using Microsoft.ML.Spiking.State;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Torch;

/// <summary>What one batch teaches a network: plasticity within its layers, and the gradient of the loss.</summary>
internal sealed class Learner(NetworkTensors network, TrainingRecipe recipe, TorchEngine engine)
{
    private readonly List<StructuralChange> _journal = [];

    /// <summary>Batches learnt from.</summary>
    public int Step { get; private set; }

    /// <summary>The connections that formed and went, in order.</summary>
    public IReadOnlyList<StructuralChange> Journal => _journal;

    /// <summary>Goes on where another learner of such a network stopped.</summary>
    public void Resume(int step, IEnumerable<StructuralChange> journal)
    {
        Step = step;
        _journal.AddRange(journal);
    }

    /// <summary>Learns from what the layers did with a batch; leaves the gradients for the optimiser.</summary>
    /// <param name="passes">What each layer did.</param>
    /// <param name="labels">Classes from 0, [batch], Int64.</param>
    /// <param name="weights">
    /// How much each row counts in the loss, [batch], 1 on the mean of all training rows; null where all count alike. Plasticity and homeostasis follow what
    /// the columns do, whatever a row weighs.
    /// </param>
    public StepResult Learn(IReadOnlyList<LayerPass> passes, Tensor labels, Tensor? weights = null)
    {
        using var scope = NewDisposeScope();
        Step++;
        Tensor[] spikeRates = [.. passes.Select(pass => pass.SpikeRates())];
        Tensor[] columnRates = [.. spikeRates.Zip(network.Layers, ColumnRates)], meanRates = [.. columnRates.Select(rates => rates.detach().mean())];

        Adapt(passes, meanRates);
        for (int i = 0; i < columnRates.Length; i++)
            network.Layers[i].Layer.Homeostasis?.Adapt(network.Layers[i].Plasticity, columnRates[i].detach(), meanRates[i]);

        Tensor logits = network.Logits(Read(spikeRates), Step);
        Tensor crossEntropy = CrossEntropy(logits, labels, weights, recipe.LabelSmoothing);
        // The rest of the loss, the distance of the rates from their targets, is never needed itself.
        List<Tensor> rates = [], gradients = [];
        for (int i = 0; i < columnRates.Length; i++)
        {
            LayerTensors layer = network.Layers[i];
            if (layer.Layer.Homeostasis is not { RateLossWeight: > 0 } rule || !columnRates[i].requires_grad) continue;
            rates.Add(columnRates[i]);
            gradients.Add(rule.RateGradient(layer.Plasticity, columnRates[i].detach()));
        }
        engine.Backward(crossEntropy, rates, gradients);
        return new StepResult(logits.detach().MoveToOuterDisposeScope(), Joined(columnRates).detach().MoveToOuterDisposeScope(),
            (meanRates is [var one] ? one : Joined(columnRates).detach().mean()).MoveToOuterDisposeScope(), crossEntropy.detach().MoveToOuterDisposeScope());
    }

    /// <summary>The logits and column rates of a pass in evaluation: no dropout, nothing changes.</summary>
    public (Tensor Logits, Tensor ColumnRates) Evaluate(IReadOnlyList<LayerPass> passes)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor[] spikeRates = [.. passes.Select(pass => pass.SpikeRates())];
        Tensor columnRates = Joined([.. spikeRates.Zip(network.Layers, ColumnRates)]);
        return (network.Logits(Read(spikeRates)).MoveToOuterDisposeScope(), columnRates.MoveToOuterDisposeScope());
    }

    /// <summary>The same, while the connections between the columns go on learning by plasticity alone.</summary>
    public (Tensor Logits, Tensor ColumnRates) EvaluateAndAdapt(IReadOnlyList<LayerPass> passes)
    {
        Step++;
        Adapt(passes, [.. passes.Select((pass, i) => ColumnRates(pass.SpikeRates(), network.Layers[i]).detach().mean())]);
        return Evaluate(passes);
    }

    /// <summary>Plasticity of the connections, and structural plasticity if it is the batch's turn.</summary>
    private void Adapt(IReadOnlyList<LayerPass> passes, Tensor[] meanRates)
    {
        using var noGrad = no_grad();
        for (int i = 0; i < passes.Count; i++)
        {
            LayerTensors layer = network.Layers[i];
            if (layer.Layer.Plasticity is not { } rule) continue;
            layer.Plasticity.Motion.Start(layer);
            rule.Learn(layer, passes[i], meanRates[i]);
            layer.Plasticity.Motion.AddStdp(layer);
            if (layer.Layer.StructuralPlasticity is { } structure && Step % structure.Interval == 0) Restructure(layer, i, structure, rule.Levels);
        }
    }

    private void Restructure(LayerTensors layer, int index, StructuralPlasticity rule, StructuralLevels levels)
    {
        using var scope = NewDisposeScope();
        PlasticityState state = layer.Plasticity;
        var connections =
            new Connections(layer.Layer.Columns, layer.Topology.ToArray(), layer.InterWeights.ToArray(), state.Potential.ToArray(), state.Usage.ToArray(),
                state.Age);
        _journal.AddRange(rule.Apply(connections, levels, Step).Select(change => change with { Layer = index }));
        layer.Rewire(connections.Topology);
        layer.InterWeights.copy_(tensor(connections.Weights, layer.InterWeights.shape, device: CPU));
    }

    // Not divided by the batch's own weights: a batch without a rare row would then teach as much as one with it, and the noise of that costs most of what
    // weights gain.
    private static Tensor CrossEntropy(Tensor logits, Tensor labels, Tensor? weights, double smoothing) => weights is null
        ? nn.functional.cross_entropy(logits, labels, label_smoothing: smoothing)
        : nn.functional.cross_entropy(logits, labels, reduction: nn.Reduction.None, label_smoothing: smoothing).mul(weights).mean();

    /// <summary>What the readout reads, [batch, neuron]: the rates of its layers, scaled as homeostasis has them.</summary>
    /// <param name="spikeRates">Of each layer, [batch, column, neuron].</param>
    private Tensor Read(Tensor[] spikeRates)
        => Joined(spikeRates.Zip(network.Layers, (rates, layer) => Scaled(rates, layer).flatten(1)).ToArray()[network.Network.Read]);

    private static Tensor Scaled(Tensor spikeRates, LayerTensors layer)
        => layer.Layer.Homeostasis is { } rule ? spikeRates * rule.Scale(layer.Plasticity).unsqueeze(1) : spikeRates;

    /// <summary>Mean over batch and neurons of |spike rate|, [column]; differentiable where the layer learns, and so can follow it.</summary>
    private static Tensor ColumnRates(Tensor spikeRates, LayerTensors layer)
        => (layer.Layer.Learning is Surrogate ? spikeRates : spikeRates.detach()).abs().mean([0, 2]);

    private static Tensor Joined(Tensor[] ofLayers) => ofLayers is [var one] ? one : cat(ofLayers, dim: -1);
}
