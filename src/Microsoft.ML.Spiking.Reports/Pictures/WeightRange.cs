using System.Globalization;

namespace Microsoft.ML.Spiking;

/// <summary>From the weakest to the strongest of a graph's weights, to tell them apart by sight.</summary>
internal readonly record struct WeightRange(double Least, double Most)
{
    public static WeightRange Of(TrainedLayer layer)
    {
        float[] heard = layer.Heard();
        double[] weights = [.. from post in Enumerable.Range(0, layer.Layer.Nodes) from pre in Enumerable.Range(0, layer.Layer.Nodes)
                               where layer.Topology[post, pre] select (double)heard[post * layer.Layer.Nodes + pre]];
        return weights.Length == 0 ? default : new WeightRange(weights.Min(), weights.Max());
    }

    /// <summary>Where a weight lies, 0 to 1.</summary>
    public double Share(double weight) => Most > Least ? (weight - Least) / (Most - Least) : 0.5;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Least:0.000} to {Most:0.000}");
}
