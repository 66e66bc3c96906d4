namespace Microsoft.ML.Spiking.Managed;

/// <summary>What one batch teaches a network: plasticity within its layers, and the gradient of the loss.</summary>
internal sealed class ManagedLearner(NetworkArrays network, TrainingRecipe recipe, ColumnEngine engine)
{
    private readonly List<StructuralChange> _journal = [];
    private readonly BatchPass _pass = new(network, recipe, engine);

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
    /// <param name="layers">What each layer did.</param>
    /// <param name="labels">Classes from 0, [sample].</param>
    /// <param name="weights">How much each row counts in the loss, [sample], 1 on the mean of all training rows; null where all count alike.</param>
    public StepOutcome Learn(IReadOnlyList<LayerActivity> layers, int[] labels, float[]? weights = null)
    {
        BatchStatistics statistics = _pass.Observe(layers);
        Adapt(statistics);
        return _pass.Learn(statistics, labels, weights, Step);
    }

    /// <summary>What a batch teaches without its labels: plasticity within the layers, and what the engine goes on measuring.</summary>
    public void Adapt(BatchStatistics batch)
    {
        Step++;
        for (int i = 0; i < network.Layers.Length; i++) Adapt(network.Layers[i], batch.Layers[i], batch.Rows);
        engine.Remember(batch.Measured);
    }

    /// <summary>Plasticity of the connections, structural plasticity if it is the batch's turn, and homeostasis.</summary>
    private void Adapt(LayerArrays layer, LayerStatistics statistics, int batch)
    {
        if (layer.Columns is { Plasticity: { } plasticity } columns)
        {
            layer.BeginMotion();
            Learn(plasticity, layer, statistics, batch);
            layer.Plasticity.MovedByStdp += layer.Motion();
            if (columns.StructuralPlasticity is { } structure && Step % structure.Interval == 0)
                _journal.AddRange(layer.Restructure(structure, plasticity.Levels, Step));
        }
        layer.Columns?.Homeostasis?.Adapt(layer.Plasticity, statistics.ColumnRates);
    }

    private static void Learn(PlasticityRule plasticity, LayerArrays layer, LayerStatistics statistics, int batch)
    {
        switch (plasticity)
        {
            case CorrelationStdp rule: rule.Learn(layer, statistics.SampleRates, batch); break;
            case ProductStdp rule: rule.Learn(layer, statistics.Rates, statistics.ColumnRates.Average()); break;
            default: throw new NotSupportedException($"{plasticity.GetType().Name} has no form on arrays.");
        }
    }
}
