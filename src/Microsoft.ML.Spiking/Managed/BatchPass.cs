using System.Numerics.Tensors;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Kernels;

namespace Microsoft.ML.Spiking.Managed;

/// <summary>A batch, or a block of it, on its way through the network and back. Its buffers serve the next one too.</summary>
/// <remarks>
/// The way has two parts. Plasticity, homeostasis and the pull towards a rate go by the whole batch, so what a block shows of itself is known
/// (<see cref="Observe"/>) before the loss is (<see cref="Learn"/>).
/// </remarks>
/// <param name="network">The network.</param>
/// <param name="recipe">How it is trained.</param>
/// <param name="engine">What runs its layers.</param>
internal sealed class BatchPass(NetworkArrays network, TrainingRecipe recipe, ColumnEngine engine)
{
    private readonly ReadoutPass _readout = new(network);
    private readonly RatePass[] _rates = [.. network.Layers.Select((layer, i) => new RatePass(layer, network.Network.ReadoutOf(i)))];
    private IReadOnlyList<LayerActivity> _layers = [];

    private Range Read => network.Network.Read;

    /// <summary>Shows the network rows, and observes what its layers do.</summary>
    /// <param name="rows">The rows; where there are none, nothing is observed, and nothing learnt.</param>
    /// <param name="noise">The block's own source of noise.</param>
    public BatchStatistics Run(int[] rows, CounterRandom noise)
    {
        if (rows.Length > 0) return Observe(engine.Run(network, rows, noise));
        _layers = [];
        return new BatchStatistics(0, [], []);
    }

    /// <summary>Takes in what the layers did.</summary>
    public BatchStatistics Observe(IReadOnlyList<LayerActivity> layers)
    {
        _layers = layers;
        for (int i = 0; i < _rates.Length; i++) _rates[i].Measure(layers[i]);
        return new BatchStatistics(layers[0].Accumulated.Batch,
            [.. layers.Zip(_rates, (layer, rates) => new LayerStatistics(rates.ColumnRates, layer.Rates, layer.SampleRates, rates.Spikes))], engine.Measured);
    }

    /// <summary>From what the layers did to the loss, and back to the gradients of all that learns.</summary>
    /// <param name="whole">The statistics of the whole batch.</param>
    /// <param name="labels">Classes from 0, [sample].</param>
    /// <param name="weights">How much each row counts in the loss, [sample], 1 on the mean of all training rows; null where all count alike.</param>
    /// <param name="step">The step of training, from 1.</param>
    /// <param name="first">The place of the first row in the whole batch.</param>
    public StepOutcome Learn(BatchStatistics whole, int[] labels, float[]? weights, int step, int first = 0)
    {
        float[] columnRates = [.. whole.Layers.SelectMany(layer => layer.ColumnRates)];
        if (_layers.Count == 0) return new StepOutcome([], columnRates, 0, [], 0);
        for (int i = 0; i < _rates.Length; i++) _rates[i].Forward(_layers[i], whole.Layers[i].ColumnRates, whole.Rows);

        NeuronSums[] rates = [.. _rates[Read].Select(layer => layer.Rates)], gradients = [.. _rates[Read].Select(layer => layer.Gradient)];
        _readout.Forward(rates, labels.Length, step, first);
        double crossEntropy = CrossEntropy.Of(_readout.Logits, labels, weights, recipe.LabelSmoothing, _readout.LogitsGradient, whole.Rows);
        _readout.Backward(rates, gradients, labels.Length);
        double spikes = whole.Layers.Sum(layer => layer.Spikes), ofBudget = recipe.SpikeBudget?.Loss(spikes) ?? 0;
        for (int i = 0; i < _rates.Length; i++) _rates[i].Backward(_layers[i], ofBudget > 0 ? recipe.SpikeBudget!.Slope : 0);
        engine.Backward(network, _layers);

        double rateLoss = _rates.Select((layer, i) => (network.Layers[i].Columns?.Homeostasis?.RateLossWeight ?? 0) * layer.RateLoss).Sum();
        return new StepOutcome(_readout.Logits.ToArray(), columnRates, crossEntropy, [.. _rates.Select(layer => layer.RateLoss)],
            crossEntropy + rateLoss + ofBudget)
        {
            Right = Right(labels, weights),
        };
    }

    private double Right(int[] labels, float[]? weights)
    {
        int classes = network.Classes;
        double right = 0;
        for (int i = 0; i < labels.Length; i++)
            if (TensorPrimitives.IndexOfMax<float>(_readout.Logits.Slice(i * classes, classes)) == labels[i]) right += weights?[i] ?? 1;
        return right;
    }
}
