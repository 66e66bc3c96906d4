using Microsoft.ML.Spiking.Kernels;

namespace Microsoft.ML.Spiking.Managed;

/// <summary>What one batch teaches a network: plasticity within its layers, and the gradient of the loss.</summary>
internal sealed class ManagedLearner(NetworkArrays network, TrainingRecipe recipe, ColumnEngine engine)
{
    private readonly List<StructuralChange> _journal = [];
    private readonly ReadoutPass _readout = new(network);
    private readonly RatePass[] _rates = [.. network.Layers.Select((layer, i) => new RatePass(layer, network.Network.ReadoutOf(i)))];

    /// <summary>Batches learnt from.</summary>
    public int Step { get; private set; }

    /// <summary>The connections that formed and went, in order.</summary>
    public IReadOnlyList<StructuralChange> Journal => _journal;

    private Range Read => network.Network.Read;

    /// <summary>Goes on where another learner of such a network stopped.</summary>
    public void Resume(int step, IEnumerable<StructuralChange> journal)
    {
        Step = step;
        _journal.AddRange(journal);
    }

    /// <summary>Learns from what the layers did with a batch; leaves the gradients for the optimiser.</summary>
    /// <param name="layers">What each layer did.</param>
    /// <param name="labels">Classes from 0, [sample].</param>
    /// <param name="weights">How much each row counts in the loss, [sample], 1 on the mean of all training rows; null where all count alike.</param>
    public StepOutcome Learn(IReadOnlyList<LayerActivity> layers, int[] labels, float[]? weights = null)
    {
        Step++;
        for (int i = 0; i < _rates.Length; i++) _rates[i].Measure(layers[i]);
        for (int i = 0; i < _rates.Length; i++) Adapt(network.Layers[i], layers[i], _rates[i].ColumnRates);
        for (int i = 0; i < _rates.Length; i++) _rates[i].Forward(layers[i]);

        NeuronSums[] read = [.. _rates[Read].Select(rates => rates.Rates)], gradients = [.. _rates[Read].Select(rates => rates.Gradient)];
        _readout.Forward(read, labels.Length, Step);
        double crossEntropy = CrossEntropy.Of(_readout.Logits, labels, weights, recipe.LabelSmoothing, _readout.LogitsGradient);
        _readout.Backward(read, gradients, labels.Length);
        double spikes = _rates.Sum(rates => rates.Spikes), ofBudget = recipe.SpikeBudget?.Loss(spikes) ?? 0;
        for (int i = 0; i < _rates.Length; i++) _rates[i].Backward(layers[i], ofBudget > 0 ? recipe.SpikeBudget!.Slope : 0);
        engine.Backward(network, layers);

        double rateLoss = _rates.Select((rates, i) => (network.Layers[i].Columns?.Homeostasis?.RateLossWeight ?? 0) * rates.RateLoss).Sum();
        return new StepOutcome(_readout.Logits.ToArray(), [.. _rates.SelectMany(rates => rates.ColumnRates)], crossEntropy,
            [.. _rates.Select(rates => rates.RateLoss)], crossEntropy + rateLoss + ofBudget);
    }

    /// <summary>Plasticity of the connections, structural plasticity if it is the batch's turn, and homeostasis.</summary>
    private void Adapt(LayerArrays layer, LayerActivity activity, float[] columnRates)
    {
        if (layer.Columns is { Plasticity: { } plasticity } columns)
        {
            layer.BeginMotion();
            Learn(plasticity, layer, activity, columnRates);
            layer.Plasticity.MovedByStdp += layer.Motion();
            if (columns.StructuralPlasticity is { } structure && Step % structure.Interval == 0)
                _journal.AddRange(layer.Restructure(structure, plasticity.Levels, Step));
        }
        layer.Columns?.Homeostasis?.Adapt(layer.Plasticity, columnRates);
    }

    private static void Learn(PlasticityRule plasticity, LayerArrays layer, LayerActivity activity, float[] columnRates)
    {
        switch (plasticity)
        {
            case CorrelationStdp rule: rule.Learn(layer, activity.SampleRates, activity.Accumulated.Batch); break;
            case ProductStdp rule: rule.Learn(layer, activity.Rates, columnRates.Average()); break;
            default: throw new NotSupportedException($"{plasticity.GetType().Name} has no form on arrays.");
        }
    }
}
