using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Samples;

/// <summary>Rows that are not held come a block at a time, each once in an epoch, wherever a training begins.</summary>
[TestClass]
public class BlockReaderTests
{
    private const int Rows = 217;

    private static readonly SpikingNetworkOptions s_options = Toy.Options with { Batches = null, Epochs = 3, BatchSize = 5, BlockRows = 40 };

    private readonly TrainingSchedule _schedule = new(s_options, Rows, seed: 1);

    [TestMethod]
    public void An_epoch_has_each_row_once_in_an_order_of_its_own()
    {
        int[][] epochs = [.. Enumerable.Range(1, 3).Select(epoch => Shown(0).Where(batch => batch.Epoch == epoch).SelectMany(batch => batch.Rows).ToArray())];

        foreach (int[] rows in epochs) CollectionAssert.AreEqual(Enumerable.Range(0, Rows).ToArray(), rows.Order().ToArray());
        CollectionAssert.AreNotEqual(epochs[0], epochs[1]);
        CollectionAssert.AreNotEqual(epochs[1], epochs[2]);
        // Which rows meet in a block changes too.
        CollectionAssert.AreNotEqual(epochs[0][..40].Order().ToArray(), epochs[1][..40].Order().ToArray());
    }

    [TestMethod]
    public void A_block_has_rows_from_everywhere()
    {
        foreach (var (_, rows) in Shown(0).Chunk(8).Select(batches => (0, batches.SelectMany(batch => batch.Rows).ToArray())))
            if (rows.Length == 40) Assert.IsTrue(Enumerable.Range(0, 4).All(quarter => rows.Any(row => row * 4 / Rows == quarter)), string.Join(", ", rows));
    }

    [TestMethod]
    public void Entered_at_any_batch_it_goes_on_as_if_it_had_been_there_all_the_time()
    {
        (int Epoch, int[] Rows)[] all = [.. Shown(0)];
        Assert.HasCount(_schedule.Total, all);

        for (int done = 1; done < _schedule.Total; done++)
            CollectionAssert.AreEqual(all.Skip(done).SelectMany(batch => batch.Rows).ToArray(), Shown(done).SelectMany(batch => batch.Rows).ToArray(), $"after {done}");
    }

    [TestMethod]
    public void Rows_that_were_left_out_are_passed()
    {
        int[] rows = [.. Shown(0, places: row => row * 3 + 1).Where(batch => batch.Epoch == 2).SelectMany(batch => batch.Rows)];

        CollectionAssert.AreEqual(Enumerable.Range(0, Rows).ToArray(), rows.Order().ToArray());
    }

    /// <summary>The rows of each batch that follows so many.</summary>
    private IEnumerable<(int Epoch, int[] Rows)> Shown(int done, Func<int, int>? places = null)
    {
        places ??= row => row;
        using var reader = new BlockReader(Streamed(places), _schedule.Places, _schedule.After);
        while (done < _schedule.Total)
        {
            EpochBlock block = _schedule.Block(done);
            var samples = (IntensitySamples)reader.Take(block, TimeSpan.FromMinutes(1))!;
            int[] order = _schedule.Order(block);
            for (int at = done % _schedule.PerEpoch * _schedule.BatchSize - block.First; at < block.Count; at += _schedule.BatchSize, done++)
            {
                var row = new float[1];
                yield return (block.Epoch, [.. order.Skip(at).Take(_schedule.BatchSize).Select(which =>
                {
                    samples.CopyTo(which, row);
                    return (int)row[0];
                })]);
            }
        }
    }

    private static StreamedRows Streamed(Func<int, int> places)
    {
        // What stands between is none of the rows, and says so. A key in memory counts from 0.
        Numbered[] all = [.. Enumerable.Range(0, places(Rows - 1) + 3).Select(_ => new Numbered { Features = [-1] })];
        for (int row = 0; row < Rows; row++) all[places(row)] = new Numbered { Features = [row], Label = 1 };
        IDataView view = new MLContext().Data.LoadFromEnumerable(all);
        var columns = new TrainingColumns(view.Schema["Features"], view.Schema["Label"], InputShape.Intensities(1), 2, new KeyLabel(), Weight: null);
        var census = new RowCensus { Passed = all.Length };
        for (int row = 0; row < Rows; row++) census.Add(places(row), RowHash.Of([row]), label: 1, weight: 1);
        return new StreamedRows(view, columns, census, new IntensitySamples(InputShape.Intensities(1)), () => new IntensitySamples(InputShape.Intensities(1), measures: false));
    }

    private sealed class Numbered
    {
        [VectorType(1)]
        public float[] Features { get; set; } = [];

        [KeyType(2)]
        public uint Label { get; set; }
    }
}
