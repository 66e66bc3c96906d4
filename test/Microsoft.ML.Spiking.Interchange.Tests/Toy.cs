using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests;

/// <summary>Rows of six numbers whose first or last half is large.</summary>
internal static class Toy
{
    public static IDataView Rows(MLContext ml, int count = 40)
    {
        var random = new Random(1);
        var rows = Enumerable.Range(0, count).Select(i => new Row
        {
            Label = (uint)(i % 2), Features = [.. Enumerable.Range(0, 6).Select(at => (float)random.NextDouble() * 0.4f + (at / 3 == i % 2 ? 0.6f : 0))],
        });
        return ml.Data.LoadFromEnumerable(rows.ToArray());
    }

    public sealed class Row
    {
        [KeyType(2)]
        public uint Label { get; set; }

        [VectorType(6)]
        public float[] Features { get; set; } = new float[6];
    }
}
