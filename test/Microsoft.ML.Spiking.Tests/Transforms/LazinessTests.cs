using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Transforms;

[TestClass]
public class LazinessTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly CountingView _source;
    private readonly IDataView _scored;

    public LazinessTests()
    {
        _source = new CountingView(Toy.Data(_ml, rows: 600));
        _scored = Toy.Trained.Transform(_source);
    }

    [TestMethod]
    public void Transforming_reads_nothing()
    {
        Assert.AreEqual(0, _source.Cursors);
        Assert.AreEqual(600, _scored.GetRowCount());
    }

    [TestMethod]
    public void A_column_of_the_input_is_read_without_the_features()
    {
        Assert.HasCount(600, _scored.GetColumn<int>("Id").ToArray());

        CollectionAssert.AreEqual(new[] { "Id" }, _source.Columns.ToArray());
    }

    [TestMethod]
    public void A_pass_over_scores_reads_the_source_once_and_no_more_of_it_than_needed()
    {
        Assert.HasCount(600, Views.Vectors(_scored, "Score"));

        Assert.AreEqual(1, _source.Cursors);
        Assert.AreEqual(600, _source.Rows);
        CollectionAssert.AreEqual(new[] { "Features" }, _source.Columns.ToArray());
    }

    [TestMethod]
    public void The_first_row_costs_a_batch_at_most()
    {
        using (DataViewRowCursor cursor = _scored.GetRowCursor([_scored.Schema["Score"]])) Assert.IsTrue(cursor.MoveNext());

        Assert.AreEqual(256, _source.Rows);
    }

    [TestMethod]
    public void A_cursor_set_is_one_cursor_when_it_scores()
    {
        DataViewRowCursor[] set = _scored.GetRowCursorSet([_scored.Schema["Score"]], 4);

        Assert.HasCount(1, set);
        Assert.AreEqual(1, _source.Cursors);
        set[0].Dispose();
    }

    [TestMethod]
    public void A_column_that_was_not_asked_for_cannot_be_read()
    {
        using DataViewRowCursor cursor = _scored.GetRowCursor([_scored.Schema["Score"]]);

        Assert.IsFalse(cursor.IsColumnActive(_scored.Schema["PredictedLabel"]));
        var refusal = Assert.ThrowsExactly<InvalidOperationException>(() => cursor.GetGetter<uint>(_scored.Schema["PredictedLabel"]));
        Assert.AreEqual("Column 'PredictedLabel' is not active; name it when the cursor is made. [SPK2004]", refusal.Message);
        Assert.ThrowsExactly<InvalidOperationException>(() => cursor.GetGetter<float>(_scored.Schema["Score"]));
    }

    [TestMethod]
    public void A_cached_view_is_scored_once()
    {
        IDataView cached = _ml.Data.Cache(_scored, "Score", "Id");
        float[][] once = Views.Vectors(cached, "Score");

        float[][] again = Views.Vectors(cached, "Score");

        Assert.AreEqual(1, _source.Cursors);
        float[][] direct = Views.Vectors(_scored, "Score");
        for (int row = 0; row < 600; row++)
        {
            CollectionAssert.AreEqual(direct[row], once[row]);
            CollectionAssert.AreEqual(direct[row], again[row]);
        }
    }

    [TestMethod]
    public void Training_reads_its_rows_once_for_all_epochs()
    {
        var source = new CountingView(Toy.Data(_ml));

        _ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options with { Batches = null, Epochs = 5 }).Fit(source);

        Assert.AreEqual(1, source.Cursors);
        Assert.AreEqual(24, source.Rows);
        CollectionAssert.AreEquivalent(new[] { "Features", "Label" }, source.Columns.ToArray());
    }

    [TestMethod]
    public void A_cache_checkpoint_before_the_trainer_changes_nothing()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Toy.Samples(24));
        var trainer = _ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options);
        var keys = _ml.Transforms.Conversion.MapValueToKey("Label", "Class");

        SpikingModel with = keys.AppendCacheCheckpoint(_ml).Append(trainer).Fit(data).LastTransformer.Model;

        CollectionAssert.AreEqual(keys.Append(trainer).Fit(data).LastTransformer.Model.HiddenWeights, with.HiddenWeights);
    }
}
