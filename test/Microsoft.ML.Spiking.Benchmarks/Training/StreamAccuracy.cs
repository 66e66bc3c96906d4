using System.Globalization;
using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>What it costs in accuracy that rows are not held: the default network on MNIST, in its own order and sorted by class.</summary>
internal static class StreamAccuracy
{
    private const int Held = 10_000;

    private static readonly int?[] s_blocks = [null, 16_384, 4096, 1024];

    /// <param name="seeds">Trainings of each kind.</param>
    /// <param name="held">Whether the last training rows are kept out and measured on instead of the test rows.</param>
    public static void Run(int seeds, bool held)
    {
        Machine.Print();
        var ml = new MLContext(seed: 1);
        IDataView training = Digits.Training(ml), measured = held ? ml.Data.SkipRows(training, training.GetRowCount()!.Value - Held) : Digits.Test(ml);
        if (held) training = ml.Data.TakeRows(training, training.GetRowCount()!.Value - Held);
        foreach (var (order, rows) in (ReadOnlySpan<(string, IDataView)>)[("as they come", training), ("sorted by class", Sorted(ml, training))])
        {
            foreach (int? block in s_blocks)
            {
                double[] accuracies = [.. Enumerable.Range(1, seeds).Select(seed => ml.MulticlassClassification.Trainers.SpikingNetwork(new SpikingNetworkOptions
                {
                    BlockRows = block, Seed = seed, ValidationSet = measured,
                }).Fit(rows).Model.Training.ValidationAccuracy!.Value).Order()];
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"stream-accuracy: {accuracies[seeds / 2]:F4} fraction ({accuracies[0]:F4} to {accuracies[^1]:F4}, {seeds} seeds), rows {order}, "
                        + $"{(block is null ? "all held" : $"in blocks of {block}")}"));
            }
        }
    }

    private static IDataView Sorted(MLContext ml, IDataView digits)
    {
        Row[] rows = [.. ml.Data.CreateEnumerable<Row>(digits, reuseRowObject: false).OrderBy(row => row.Label)];
        foreach (Row row in rows) row.Label--;   // of a view a key counts from 1, in memory from 0
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = digits.Schema["Features"].Type;
        schema[nameof(Row.Label)].ColumnType = digits.Schema["Label"].Type;
        return ml.Data.LoadFromEnumerable(rows, schema);
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        public uint Label { get; set; }
    }
}
