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
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(8)]
    public void Who_shares_them_reads_those_of_its_share_alone_and_a_pass_in_an_epoch_serves_all(int processes)
    {
        var schedule = new TrainingSchedule(s_options with { BatchSize = 8, GradientBlocks = 8, Epochs = 5 }, Rows, seed: 1);
        (int Epoch, int[] Rows)[] all = [.. Shown(schedule, Streamed(row => row), new RowShare(8, 0, 8), 0)];
        int own = 8 / processes, begun = 0;
        for (int process = 0; process < processes; process++)
        {
            var share = new RowShare(8, own * process, own);
            StreamedRows streamed = Streamed(row => row, out Func<int> asked);
            (int Epoch, int[] Rows)[] shown = [.. Shown(schedule, streamed, share, 0)];

            Assert.HasCount(all.Length, shown);
            for (int batch = 0; batch < all.Length; batch++)
                for (int i = 0; i < all[batch].Rows.Length; i++)
                {
                    // A batch of eight has one row of each share, and the last of an epoch one of each but for the last shares.
                    int expected = share.Has(i) ? all[batch].Rows[i] : -1;
                    Assert.AreEqual(expected, shown[batch].Rows[i], $"process {process}, batch {batch}, {i}");
                }
            begun += asked();
        }
        // Each place begins once, and one of all begins anew when it comes to the end: so it is with one process, and with eight.
        Assert.IsLessThanOrEqualTo(schedule.Places.Count + 5, begun);
    }

    [TestMethod]
    public void Rows_that_were_left_out_are_passed()
    {
        int[] rows = [.. Shown(0, places: row => row * 3 + 1).Where(batch => batch.Epoch == 2).SelectMany(batch => batch.Rows)];

        CollectionAssert.AreEqual(Enumerable.Range(0, Rows).ToArray(), rows.Order().ToArray());
    }

    /// <summary>The rows of each batch that follows so many.</summary>
    private IEnumerable<(int Epoch, int[] Rows)> Shown(int done, Func<int, int>? places = null)
        => Shown(_schedule, Streamed(places ?? (row => row)), new RowShare(1, 0, 1), done);

    /// <summary>The rows of each batch that follows so many; -1 for those of other shares.</summary>
    private static IEnumerable<(int Epoch, int[] Rows)> Shown(TrainingSchedule schedule, StreamedRows rows, RowShare share, int done)
    {
        using var reader = new BlockReader(rows, schedule.Places, share, schedule.After);
        while (done < schedule.Total)
        {
            EpochBlock block = schedule.Block(done);
            var samples = (IntensitySamples)reader.Take(block, TimeSpan.FromMinutes(1))!;
            int[] order = schedule.Order(block);
            for (int at = done % schedule.PerEpoch * schedule.BatchSize - block.First; at < block.Count; at += schedule.BatchSize, done++)
            {
                var row = new float[1];
                yield return (block.Epoch, [.. order.Skip(at).Take(schedule.BatchSize).Select(which =>
                {
                    if (!share.Has(which)) return samples.Labels[which];
                    samples.CopyTo(which, row);
                    return (int)row[0];
                })]);
            }
        }
    }

    private static StreamedRows Streamed(Func<int, int> places) => Streamed(places, out _);

    private static StreamedRows Streamed(Func<int, int> places, out Func<int> asked)
    {
        // What stands between is none of the rows, and says so. A key in memory counts from 0.
        Numbered[] all = [.. Enumerable.Range(0, places(Rows - 1) + 3).Select(_ => new Numbered { Features = [-1] })];
        for (int row = 0; row < Rows; row++) all[places(row)] = new Numbered { Features = [row], Label = 1 };
        int begun = 0;
        IEnumerable<Numbered> Begun()
        {
            Interlocked.Increment(ref begun);
            foreach (Numbered row in all) yield return row;
        }

        asked = () => begun;
        IDataView view = new MLContext().Data.LoadFromEnumerable(Begun());
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
