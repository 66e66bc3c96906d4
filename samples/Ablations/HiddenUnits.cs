using System.Numerics.Tensors;
using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Samples.Ablations;

/// <summary>What homeostasis could do in the readout, where the library has none: each hidden unit gets back the mean and the deviation of what it sums up.</summary>
internal static class HiddenUnits
{
    /// <summary>A network whose hidden units sum up, on some rows, as much as those of another.</summary>
    public static SpikingNetworkTransformer Rescaled(MLContext ml, SpikingNetworkTransformer network, SpikingNetworkTransformer healthy, IDataView rows)
    {
        Sample[] goal = Sums(ml, healthy.Model, rows), now = Sums(ml, network.Model, rows);
        SpikingModel model = network.Model;
        double[] gains = [.. goal.Select((unit, h) => unit.Deviation / Math.Max(1e-6, now[h].Deviation))];
        int rates = model.HiddenWeights.Length / gains.Length;
        return new SpikingNetworkTransformer(ml, model with
        {
            HiddenWeights = [.. model.HiddenWeights.Select((weight, i) => (float)(weight * gains[i / rates]))],
            HiddenBias = [.. model.HiddenBias.Select((bias, h) => (float)(bias + goal[h].Mean - gains[h] * now[h].Mean))],
        }, network.Outputs);
    }

    private static Sample[] Sums(MLContext ml, SpikingModel model, IDataView rows)
    {
        float[][] rates = [.. ml.Transforms.SpikingFeatures("Rates", "Features", model).Fit(rows).Transform(rows).GetColumn<float[]>("Rates")];
        return [.. Enumerable.Range(0, model.HiddenBias.Length).Select(unit =>
        {
            double[] sums = [.. rates.Select(row => (double)TensorPrimitives.Dot(row, model.HiddenWeights.AsSpan().Slice(unit * row.Length, row.Length)))];
            double mean = sums.Average();
            return new Sample(mean, Math.Sqrt(sums.Average(sum => (sum - mean) * (sum - mean))));
        })];
    }

    private readonly record struct Sample(double Mean, double Deviation);
}
