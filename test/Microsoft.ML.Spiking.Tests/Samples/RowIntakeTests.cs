using Microsoft.ML.Runtime;

namespace Microsoft.ML.Spiking.Tests.Samples;

/// <summary>Rows that several processes train on are held by one of them each.</summary>
[TestClass]
public class RowIntakeTests
{
    private const int Rows = 2100;

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void A_process_holds_its_own_rows_and_all_know_the_first()
    {
        TrainingSamples[] held = [.. Enumerable.Range(0, 4).Select(process => Take(new RowShare(8, 2 * process, 2), new RowRoom(null, long.MaxValue)).First)];

        for (int row = 0; row < Rows; row++)
            for (int process = 0; process < held.Length; process++)
                Assert.AreEqual(row < 2000 || row % 8 / 2 == process, held[process].Has(row), $"row {row}, process {process}");
    }

    /// <summary>Wide rows that all of them hold would take each the room of all together.</summary>
    [TestMethod]
    public void Of_wide_rows_all_hold_as_many_as_a_block_has_room_for()
    {
        const int Features = 1 << 20;
        Sample[] samples = [.. Enumerable.Range(0, 19).Select(_ => new Sample { Class = "a", Features = new float[Features] })];
        TrainingSamples held = Take(Toy.Keyed(_ml, samples, Features), new RowShare(8, 1, 1), new RowRoom(null, long.MaxValue)).First;

        CollectionAssert.AreEqual(Enumerable.Range(0, 15).Append(17).ToArray(), Enumerable.Range(0, 19).Where(held.Has).ToArray());
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void What_rows_are_told_by_and_how_much_room_they_take_does_not_depend_on_who_holds_them(bool spikeTrains)
    {
        RowRoom room = new(null, long.MaxValue), other = new(null, long.MaxValue);
        LabelledRows whole = Take(new RowShare(8, 0, 8), room, spikeTrains), part = Take(new RowShare(8, 3, 1), other, spikeTrains);

        Assert.AreEqual(whole.Count, part.Count);
        Assert.AreEqual(whole.Digests(null), part.Digests(null));
        Assert.AreEqual(whole.Statistics().Whole, part.Statistics().Whole);
        Assert.AreEqual(whole.First.Bytes, part.First.Bytes);
        CollectionAssert.AreEqual(whole.First.Labels.ToArray(), part.First.Labels.ToArray());
        CollectionAssert.AreEqual(whole.OfClasses(3), part.OfClasses(3));
    }

    /// <summary>A row that another process holds has a place, a label and a weight in this one too.</summary>
    [TestMethod]
    [DataRow(8, 76)]
    [DataRow(2, 76 + 3 * 16)]
    [DataRow(1, 76 + 7 * 16)]
    public void What_rows_take_in_all_processes_together_is_counted(int own, int bytes)
    {
        foreach (long lacking in (long[])[0, 1])
        {
            var room = new RowRoom(null, Rows * (long)bytes - lacking);
            Take(new RowShare(8, 0, own), room);
            Assert.AreEqual(lacking > 0, room.IsOver);
        }
    }

    private LabelledRows Take(RowShare share, RowRoom room, bool spikeTrains = false)
    {
        IDataView view = Toy.Data(_ml, Rows);
        return Take(spikeTrains ? _ml.Transforms.PoissonEncoding("Features", "Features", timeSteps: 6, seed: 3).Fit(view).Transform(view) : view, share, room);
    }

    private static LabelledRows Take(IDataView view, RowShare share, RowRoom room)
    {
        InputShape shape = InputShape.Of(view.Schema["Features"].Type)!;
        var columns = new TrainingColumns(view.Schema["Features"], view.Schema["Label"], shape, 3, new KeyLabel(), Weight: null);
        var intake = new RowIntake(
            measures => shape.IsSpikeTrain ? new SpikeTrainSamples(shape.Steps!.Value, shape.Inputs) : new IntensitySamples(shape, measures: measures), shape, room, share);
        using DataViewRowCursor cursor = columns.Cursor(view);
        SampleReader reader = SampleReader.Create(cursor, columns.Features, shape, order: null);
        Func<int> label = columns.Target.Reader(cursor, columns.Label);
        for (int row = 0; cursor.MoveNext(); row++)
        {
            Assert.IsTrue(reader.Read());
            intake.Add(reader, label(), weight: 1, row);
        }
        return intake.Rows(view, columns, intake.Count)!;
    }
}
