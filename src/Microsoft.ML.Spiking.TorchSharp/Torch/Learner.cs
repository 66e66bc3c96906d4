using Microsoft.ML.Spiking.Native;
using Microsoft.ML.Spiking.Plasticity;
using Microsoft.ML.Spiking.Samples;
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
        using var targets = new LossTargets(network.Classes, recipe.LabelSmoothing, network.Device);
        return LearnTargets(passes, targets.Of(labels, weights, (int)labels.shape[0]));
    }

    /// <summary>The same, where the loss's gradient by the log softmax of the logits is at hand (<see cref="LossTargets"/>), [batch, class].</summary>
    public StepResult LearnTargets(IReadOnlyList<LayerPass> passes, Tensor targets)
    {
        using var scope = NewDisposeScope();
        Step++;
        Tensor[] columnRates = [.. passes.Zip(network.Layers, ColumnRates)], meanRates = [.. columnRates.Select(rates => rates.mean())];

        Adapt(passes, meanRates);
        for (int i = 0; i < columnRates.Length; i++)
            network.Layers[i].Columns?.Homeostasis?.Adapt(network.Layers[i].Plasticity, columnRates[i], meanRates[i]);

        Tensor logits = network.Logits(Read(passes), Step), logProbabilities = logits.log_softmax(1);
        // Of the loss nothing is needed but its gradients: of the cross entropy by the log softmax, and of the rest by the rates.
        engine.Backward(logProbabilities, targets, Pulls(columnRates, passes));
        return new StepResult(logits.detach().MoveToOuterDisposeScope(), logProbabilities.detach().MoveToOuterDisposeScope(),
            targets.alias().MoveToOuterDisposeScope(), Joined(columnRates).MoveToOuterDisposeScope());
    }

    /// <summary>The logits and column rates of a pass in evaluation: no dropout, nothing changes.</summary>
    public (Tensor Logits, Tensor ColumnRates) Evaluate(IReadOnlyList<LayerPass> passes)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor columnRates = Joined([.. passes.Zip(network.Layers, ColumnRates)]);
        return (network.Logits(Read(passes)).MoveToOuterDisposeScope(), columnRates.MoveToOuterDisposeScope());
    }

    /// <summary>The same, while the connections between the columns go on learning by plasticity alone.</summary>
    public (Tensor Logits, Tensor ColumnRates) EvaluateAndAdapt(IReadOnlyList<LayerPass> passes)
    {
        Step++;
        Adapt(passes, [.. passes.Zip(network.Layers, ColumnRates).Select(rates => rates.mean())]);
        return Evaluate(passes);
    }

    /// <summary>Plasticity of the connections, and structural plasticity if it is the batch's turn.</summary>
    private void Adapt(IReadOnlyList<LayerPass> passes, Tensor[] meanRates)
    {
        using var noGrad = no_grad();
        for (int i = 0; i < passes.Count; i++)
        {
            LayerTensors layer = network.Layers[i];
            if (layer.Columns is not { Plasticity: { } rule } columns) continue;
            rule.Learn(layer, passes[i], meanRates[i]);
            if (columns.StructuralPlasticity is { } structure && Step % structure.Interval == 0) Restructure(layer, i, structure, rule.Levels);
        }
    }

    private void Restructure(LayerTensors layer, int index, StructuralPlasticity rule, StructuralLevels levels)
    {
        using var scope = NewDisposeScope();
        PlasticityState state = layer.Plasticity;
        var connections =
            new Connections(layer.Layer.Nodes, layer.Topology.ToArray(), layer.InterWeights.ToArray(), state.Potential.ToArray(), state.Usage.ToArray(),
                state.Age);
        _journal.AddRange(rule.Apply(connections, levels, Step).Select(change => change with { Layer = index }));
        layer.Rewire(connections.Topology);
        layer.InterWeights.copy_(tensor(connections.Weights, layer.InterWeights.shape, device: CPU));
    }

    /// <summary>
    /// What the readout reads, [batch, neuron], or [batch, window, neuron] where it reads on: the rates of its layers, scaled as homeostasis has them.
    /// </summary>
    private Tensor Read(IReadOnlyList<LayerPass> passes)
    {
        int kept = network.Network.Readout.Readings == 1 ? 1 : 2;
        return Joined([.. passes.Zip(network.Layers).ToArray()[network.Network.Read].Select(of => Rates(of.First, Share(of.First, of.Second)).flatten(kept))]);
    }

    /// <summary>The rates of the neurons, [batch, .., column, neuron].</summary>
    private static Tensor Rates(LayerPass pass, Tensor share) => pass.WindowShare is { } windows ? pass.Read * windows * share : pass.Counted * share;

    /// <summary>What multiplies a neuron's counted spikes: its sign over the steps, scaled as homeostasis has it, [neuron] or [column, neuron].</summary>
    private static Tensor Share(LayerPass pass, LayerTensors layer)
    {
        Tensor share = pass.WindowShare is null ? pass.SignShare : pass.Sign;
        return layer.Columns?.Homeostasis is { } rule ? rule.Scale(layer.Plasticity).unsqueeze(1) * share : share;
    }

    /// <summary>Mean over batch and neurons of |spike rate|, [column].</summary>
    private static Tensor ColumnRates(LayerPass pass, LayerTensors layer)
    {
        long neurons = pass.Counted.shape[^1], counted = pass.AllRates.shape[0] * pass.AllRates.shape[1] * neurons;
        using var noGrad = no_grad();
        return pass.ColumnRates(layer.Plasticity.Constant((nameof(ColumnRates), counted),
            () => full(neurons, (1.0 / counted).Rooted(), float32, pass.Counted.device)));
    }

    /// <summary>The gradient of the rest of the loss, what the rates cost; null where a layer cannot follow it.</summary>
    private RatePull?[] Pulls(Tensor[] columnRates, IReadOnlyList<LayerPass> passes)
    {
        RatePull?[] pulls = [.. columnRates.Zip(network.Layers, Pull)];
        if (recipe.SpikeBudget is not { } budget) return pulls;
        using var noGrad = no_grad();
        double[] most = [.. passes.Select(pass => (double)pass.AllRates.shape[0] * pass.Counted.shape[^1])];   // spikes of a column at rate 1
        Tensor spikes = stack([.. passes.Select((pass, i) => pass.SpikesPerRow() ?? columnRates[i].sum().mul(most[i].Rooted()))]).sum();
        Tensor beyond = spikes.gt(budget.SpikesPerRow.Rooted()).to(float32);
        return [.. pulls.Select((pull, i) => network.Layers[i].Layer is { Learning: Surrogate } layer
            ? passes[i].RowShare is null ? RatePull.Sum(pull, beyond, budget.Slope * most[i], layer.Groups)
                : (pull ?? new RatePull(zeros_like(columnRates[i]), 0)) with { OfSpikes = beyond.mul(budget.Slope.Rooted()) }
            : pull)];
    }

    /// <summary>The distance of the rates from their target.</summary>
    private static RatePull? Pull(Tensor columnRates, LayerTensors layer)
        => layer.Columns is { Homeostasis: { RateLossWeight: > 0 } rule, Learning: Surrogate } ? rule.RateGradient(layer.Plasticity, columnRates) : null;

    private static Tensor Joined(Tensor[] ofLayers) => ofLayers is [var one] ? one : cat(ofLayers, dim: -1);
}
