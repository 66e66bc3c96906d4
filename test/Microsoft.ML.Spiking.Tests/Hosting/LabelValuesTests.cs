using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Hosting;

/// <summary>Key values of every type are stored as text and come back as they were.</summary>
[TestClass]
public class LabelValuesTests
{
    private static IEnumerable<object[]> Kinds =>
    [
        ["Text", TextDataViewType.Instance, (ReadOnlyMemory<char>[])["".AsMemory(), "größer\n\"".AsMemory()]],
        ["Boolean", BooleanDataViewType.Instance, (bool[])[false, true]],
        ["SByte", NumberDataViewType.SByte, (sbyte[])[sbyte.MinValue, 3]],
        ["Byte", NumberDataViewType.Byte, (byte[])[0, 255]],
        ["Int16", NumberDataViewType.Int16, (short[])[short.MinValue, 3]],
        ["UInt16", NumberDataViewType.UInt16, (ushort[])[0, ushort.MaxValue]],
        ["Int32", NumberDataViewType.Int32, (int[])[int.MinValue, 3]],
        ["UInt32", NumberDataViewType.UInt32, (uint[])[0, uint.MaxValue]],
        ["Int64", NumberDataViewType.Int64, (long[])[long.MinValue, 3]],
        ["UInt64", NumberDataViewType.UInt64, (ulong[])[0, ulong.MaxValue]],
        ["Single", NumberDataViewType.Single, (float[])[0.1f, float.MaxValue, -0f]],
        ["Double", NumberDataViewType.Double, (double[])[0.1, double.Epsilon, double.NegativeInfinity]],
        ["DateTime", DateTimeDataViewType.Instance, (DateTime[])[DateTime.MinValue, new(2026, 2, 3, 4, 5, 6, 7)]],
        ["DateTimeOffset", DateTimeOffsetDataViewType.Instance, (DateTimeOffset[])[new(2026, 2, 3, 4, 5, 6, new TimeSpan(-3, 30, 0)), new(1, 2, 3, 4, 5, 6, default)]],
        ["TimeSpan", TimeSpanDataViewType.Instance, (TimeSpan[])[TimeSpan.MinValue, new(1, 2, 3)]],
    ];

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Values_of_every_type_come_back(string kind, PrimitiveDataViewType type, Array values)
    {
        LabelValues written = LabelValues.Of(Label(type, values))!;
        LabelValues read = LabelValues.OfStored(written.Kind, written.Stored);

        Assert.AreEqual(kind, written.Kind);
        Assert.AreEqual(new VectorDataViewType(type, values.Length), read.Type);
        CollectionAssert.AreEqual(written.Texts, read.Texts);
        CollectionAssert.AreEqual(written.Stored, read.Stored);
    }

    [TestMethod]
    [DataRow("Text")]
    [DataRow("Single", "1", "one")]
    [DataRow("Byte", "256")]
    [DataRow("Boolean", "")]
    [DataRow("DateTime", "-1")]
    [DataRow("DateTime", "9223372036854775807")]
    [DataRow("DateTimeOffset", "1 2")]
    [DataRow("DateTimeOffset", "700000000000000000 9223372036854775807")]
    [DataRow("DateTimeOffset", "700000000000000000")]
    [DataRow("Key", "1")]
    public void What_is_no_such_value_is_refused(string kind, params string[] values)
        => Assert.ThrowsExactly<InvalidDataException>(() => LabelValues.OfStored(kind, values));

    private static DataViewSchema.Column Label(PrimitiveDataViewType type, Array values)
        => (DataViewSchema.Column)typeof(LabelValuesTests).GetMethod(nameof(Typed), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
            .MakeGenericMethod(type.RawType).Invoke(null, [type, values])!;

    private static DataViewSchema.Column Typed<T>(PrimitiveDataViewType type, T[] values)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add("KeyValues", new VectorDataViewType(type, values.Length), (ValueGetter<VBuffer<T>>)((ref VBuffer<T> copy) => copy = new(values.Length, values)));
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Label", new KeyDataViewType(typeof(uint), values.Length), annotations.ToAnnotations());
        return schema.ToSchema()[0];
    }
}
