using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Scoring;

/// <summary>What is read of a row that has no vector, or half a one.</summary>
[TestClass]
public class SampleReaderTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void An_absent_row_leaves_nothing_of_the_row_before()
    {
        IDataView rows = _ml.Data.LoadFromEnumerable([new Row { Features = [1, 2, 3] }, new Row { Features = null! }, new Row { Features = [4, float.PositiveInfinity, 6] }, new Row { Features = [7, 8, 9] }]);
        using DataViewRowCursor cursor = rows.GetRowCursor(rows.Schema);
        var reader = (IntensityReader)SampleReader.Create(cursor, rows.Schema["Features"], InputShape.Intensities(3));

        Assert.IsTrue(cursor.MoveNext() && reader.Read());
        CollectionAssert.AreEqual(new float[] { 1, 2, 3 }, reader.Copy());
        Assert.IsFalse(cursor.MoveNext() && reader.Read());
        Assert.IsTrue(reader.IsAbsent);
        CollectionAssert.AreEqual(new[] { float.NaN, float.NaN, float.NaN }, reader.Features);
        Assert.IsFalse(cursor.MoveNext() && reader.Read(), "not all of it is finite");
        Assert.IsFalse(reader.IsAbsent);
        Assert.IsTrue(cursor.MoveNext() && reader.Read());
        float[] copy = reader.Copy();
        Assert.AreNotSame(reader.Features, copy);
        CollectionAssert.AreEqual(new float[] { 7, 8, 9 }, copy);
    }

    [TestMethod]
    public void Spikes_come_in_their_steps_whether_the_vector_is_dense_or_sparse()
    {
        VBuffer<bool>[] trains =
        [
            new(6, [true, false, true, false, true, false]),
            new(6, 2, [false, true], [1, 5]),
            default,
            new(6, 1, [true], [3]),
        ];
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("Spikes", new VectorDataViewType(BooleanDataViewType.Instance, 2, 3));
        var row = new Trains(builder.ToSchema(), trains);
        var reader = (SpikeTrainReader)SampleReader.Create(row, row.Schema[0], InputShape.SpikeTrain(steps: 2, inputs: 3));

        Reads(true, "0 2|1", [1, 0, 1, 0, 1, 0]);
        Reads(true, "|2", [0, 0, 0, 0, 0, 1]);
        Reads(false, "|", []);
        Reads(true, "|0", [0, 0, 0, 1, 0, 0]);

        void Reads(bool there, string spikes, float[] copy)
        {
            row.Next();
            Assert.AreEqual(there, reader.Read());
            Assert.AreEqual(spikes, string.Join('|', Enumerable.Range(0, 2).Select(step => string.Join(' ', reader.Train[step].ToArray()))));
            CollectionAssert.AreEqual(copy, reader.Copy());
        }
    }

    private sealed class Trains(DataViewSchema schema, VBuffer<bool>[] trains) : DataViewRow
    {
        private int _row = -1;

        public override DataViewSchema Schema => schema;

        public override long Position => _row;

        public override long Batch => 0;

        public void Next() => _row++;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
            => (ValueGetter<TValue>)(Delegate)(ValueGetter<VBuffer<bool>>)((ref VBuffer<bool> value) => value = trains[_row]);

        public override ValueGetter<DataViewRowId> GetIdGetter() => throw new NotSupportedException();

        public override bool IsColumnActive(DataViewSchema.Column column) => true;
    }

    private sealed class Row
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];
    }
}
