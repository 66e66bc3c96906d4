using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Spiking.Tests.Samples;

/// <summary>Rows that several processes train on are held by one of them each.</summary>
[TestClass]
public class RowIntakeTests
{
    private const int Rows = 2100;

    private static readonly InputShape s_shape = InputShape.Intensities(Toy.Inputs);

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void A_process_holds_its_own_rows_and_all_know_the_first()
    {
        TrainingSamples[] held = [.. Enumerable.Range(0, 4).Select(process => Take(new RowShare(8, 2 * process, 2), new RowRoom(null, long.MaxValue)).First)];

        for (int row = 0; row < Rows; row++)
            for (int process = 0; process < held.Length; process++)
                Assert.AreEqual(row < 2000 || row % 8 / 2 == process, held[process].Has(row), $"row {row}, process {process}");
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

    private LabelledRows Take(RowShare share, RowRoom room, bool spikeTrains = false)
    {
        IDataView view = Toy.Data(_ml, Rows);
        InputShape shape = s_shape;
        if (spikeTrains)
        {
            view = _ml.Transforms.PoissonEncoding("Features", "Features", timeSteps: 6, seed: 3).Fit(view).Transform(view);
            shape = InputShape.Of(view.Schema["Features"].Type)!;
        }
        var columns = new TrainingColumns(view.Schema["Features"], view.Schema["Label"], shape, 3, new KeyLabel(), Weight: null);
        var intake = new RowIntake(measures => spikeTrains ? new SpikeTrainSamples(6, Toy.Inputs) : new IntensitySamples(shape, measures: measures), shape, room, share);
        using DataViewRowCursor cursor = columns.Cursor(view);
        SampleReader reader = SampleReader.Create(cursor, columns.Features, shape, order: null);
        Func<int> label = columns.Target.Reader(cursor, columns.Label);
        for (int row = 0; cursor.MoveNext(); row++)
        {
            Assert.IsTrue(reader.Read());
            intake.Add(reader, label(), weight: 1, row);
        }
        return intake.Rows(view, columns, Rows)!;
    }
}
