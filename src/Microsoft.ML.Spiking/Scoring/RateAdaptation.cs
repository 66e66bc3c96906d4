using System.Collections.Immutable;
using Microsoft.ML.Spiking.Architecture;

namespace Microsoft.ML.Spiking.Scoring;

/// <summary>Synaptic scaling: brings spike rates back to what they were, by a factor of all weights of a neuron's inputs, or of those of a group.</summary>
internal static class RateAdaptation
{
    // A neuron's rate grows faster than its weights, so that their whole ratio would overshoot.
    private const double Step = 0.5, MostAtOnce = 4;

    // Spikes per step beside which rarer ones say little: a neuron that is silent once is not to be shaken awake.
    private const double Floor = 2e-3;

    /// <param name="model">The network.</param>
    /// <param name="batch">Rows that it is to adapt to, without labels.</param>
    /// <param name="rows">How many.</param>
    /// <param name="wanted">Spike rate of each neuron that others read, of all layers; null for those of the groups, which the network knows.</param>
    /// <param name="options">How far.</param>
    public static SpikingModel Of(SpikingModel model, SampleBatch batch, int rows, float[]? wanted, AdaptationOptions options)
    {
        LayerShape[] shapes = model.Network.ShapesOf(model.Input);
        int first = 0;
        for (int i = 0; i < shapes.Length; i++)
        {
            // What a layer does depends on those before it alone.
            int end = first + shapes[i].Neurons, units = wanted is null ? shapes[i].Groups : model.Layers[i].Layer.WeightSets;
            double[] goal = wanted is null ? [.. model.Layers[i].AverageRate.Select(rate => (double)rate)] : Means(wanted.AsSpan(first..end), units);
            var gains = new double[units];
            Array.Fill(gains, 1);
            SpikingModel before = model;
            for (int pass = 0; pass < options.Passes; pass++)
            {
                double[] found = Means(Rates(model, batch, rows).AsSpan(first..end), units);
                for (int unit = 0; unit < units; unit++)
                {
                    if (goal[unit] == 0) continue;   // silent as it was meant to be, or nothing to go back to
                    double ratio = Math.Clamp((goal[unit] + Floor) / (found[unit] + Floor), 1 / MostAtOnce, MostAtOnce);
                    gains[unit] = Math.Clamp(gains[unit] * Math.Pow(ratio, Step), 1 / options.MaximumGain, options.MaximumGain);
                }
                model = Scaled(before, i, gains);
            }
            first = end;
        }
        return model;
    }

    /// <summary>Mean size of the spike rate of each neuron that others read, of all layers.</summary>
    public static float[] Rates(SpikingModel model, SampleBatch batch, int rows)
    {
        Readout all = model.Network.Readout with { Layers = ReadLayers.All, Windows = 1, Pooling = WindowPooling.Concatenate, TimeConstant = null };
        var neurons = new NeuronRates(model with { Network = model.Network with { Readout = all } });
        // Summed in an order that no number of threads changes.
        var sums = new float[(rows + ScoringWorkspace.Rows - 1) / ScoringWorkspace.Rows][];
        Parallel.For(0, sums.Length, block =>
        {
            int start = block * ScoringWorkspace.Rows, count = Math.Min(ScoringWorkspace.Rows, rows - start);
            float[] rates = new float[count * neurons.Count], sum = new float[neurons.Count];
            neurons.Read(batch, start..(start + count), rates, new float[count * neurons.Columns]);
            for (int i = 0; i < rates.Length; i++) sum[i % sum.Length] += MathF.Abs(rates[i]);
            sums[block] = sum;
        });
        var mean = new float[neurons.Count];
        foreach (float[] sum in sums)
            for (int i = 0; i < mean.Length; i++) mean[i] += sum[i] / rows;
        return mean;
    }

    /// <summary>The network with the rates that its groups have on these rows in place of those of training.</summary>
    public static SpikingModel Measured(SpikingModel model, SampleBatch batch, int rows)
    {
        float[] rates = new SpikingScorer(model).Health(batch, rows).AverageRate;
        int first = 0;
        var layers = ImmutableArray.CreateBuilder<TrainedLayer>();
        foreach (TrainedLayer layer in model.Layers)
        {
            layers.Add(layer with { AverageRate = [.. rates.AsSpan(first, layer.Layer.Groups)] });
            first += layer.Layer.Groups;
        }
        return model with { Layers = layers.ToImmutable() };
    }

    /// <summary>Means over the neurons of each unit, which lie together.</summary>
    private static double[] Means(ReadOnlySpan<float> neurons, int units)
    {
        var means = new double[units];
        int each = neurons.Length / units;
        for (int i = 0; i < neurons.Length; i++) means[i / each] += (double)neurons[i] / each;
        return means;
    }

    /// <summary>The network with the input weights of each of a layer's units, which lie together, scaled.</summary>
    private static SpikingModel Scaled(SpikingModel model, int layer, double[] gains)
    {
        TrainedLayer trained = model.Layers[layer];
        int each = trained.InputWeights.Length / gains.Length;
        ImmutableArray<float> weights = [.. trained.InputWeights.Select((weight, i) => weight * (float)gains[i / each])];
        return model with { Layers = model.Layers.SetItem(layer, trained with { InputWeights = weights }) };
    }
}
