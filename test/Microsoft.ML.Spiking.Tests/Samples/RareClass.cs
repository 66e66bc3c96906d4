using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Samples;

/// <summary>Two clouds that overlap, 98 rows of the common one for 2 of the rare one.</summary>
internal static class RareClass
{
    public static Case[] Cases(int rows, int seed)
    {
        CounterRandom random = CounterRandom.FromSeed(seed);
        return [.. Enumerable.Range(0, rows).Select(row => Draw(isRare: row % 50 == 0, random.For((ulong)row)))];
    }

    /// <summary>Rows with Rare, Features and Label, a key of the two classes.</summary>
    public static IDataView Keyed(MLContext ml, Case[] cases)
    {
        IDataView data = ml.Data.LoadFromEnumerable(cases);
        return ml.Transforms.Conversion.MapValueToKey("Label", "Rare", keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Fit(data).Transform(data);
    }

    private static Case Draw(bool isRare, CounterRandom random)
        => new() { Rare = isRare, Features = [.. Enumerable.Range(0, 2).Select(i => Math.Clamp((float)((isRare ? 0.61 : 0.39) + 0.1 * random.Normal((ulong)i)), 0, 1))] };
}

internal sealed class Case
{
    public bool Rare { get; set; }

    [VectorType(2)]
    public float[] Features { get; set; } = [];
}
