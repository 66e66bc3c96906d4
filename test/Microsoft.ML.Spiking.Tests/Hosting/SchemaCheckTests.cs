using System.Diagnostics;
using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Hosting;

/// <summary>ML.NET's entry Schema passes as ML.NET writes it, and every damage either leaves it readable at once or is refused.</summary>
[TestClass]
public class SchemaCheckTests
{
    private static byte[] Schema { get; } = Saved();

    [TestMethod]
    public void What_MLNet_writes_passes() => SchemaCheck.Run(Schema);

    [TestMethod]
    public void Cut_off_anywhere_it_is_refused()
    {
        for (int length = 0; length < Schema.Length; length++)
        {
            byte[] cut = Schema[..length];
            Assert.ThrowsExactly<InvalidDataException>(() => SchemaCheck.Run(cut), $"{length} bytes");
        }
    }

    [TestMethod]
    public void No_length_makes_it_wait_or_allocate()
    {
        byte[][] lengths = [[0xFF, 0xFF, 0xFF, 0x7F], [0, 0, 0, 0x80], [0xFF, 0xFF, 0xFF, 0xFF], [0, 0, 0, 0x10]];
        for (int at = 8; at < Schema.Length - 4; at++)
            foreach (byte[] length in lengths)
            {
                byte[] damaged = [.. Schema];
                length.CopyTo(damaged, at);
                long before = GC.GetAllocatedBytesForCurrentThread(), start = Stopwatch.GetTimestamp();
                try
                {
                    SchemaCheck.Run(damaged);
                }
                catch (InvalidDataException) { }
                Assert.IsLessThan(2_000_000, GC.GetAllocatedBytesForCurrentThread() - before, $"byte {at}");
                Assert.IsLessThan(1, Stopwatch.GetElapsedTime(start).TotalSeconds, $"byte {at}");
            }
    }

    /// <summary>Columns of every shape that the check knows, with names of slots and values of keys.</summary>
    private static byte[] Saved()
    {
        var ml = new MLContext(seed: 1);
        IDataView rows = ml.Data.LoadFromEnumerable([new Row()]);
        var model = ml.Transforms.Conversion.MapValueToKey("TextKey", nameof(Row.Text)).Append(ml.Transforms.Conversion.MapValueToKey("NumberKey", nameof(Row.Number)))
            .Append(ml.Transforms.Conversion.MapValueToKey("WhenKey", nameof(Row.When)))
            .Append(ml.Transforms.Concatenate("Named", nameof(Row.Number), nameof(Row.Number))).Append(ml.Transforms.CopyColumns("Copy", "Named")).Fit(rows);
        using var file = new MemoryStream();
        ml.Model.Save(model, model.Transform(rows).Schema, file);
        return Model.ModelZip.Entries(file.ToArray())["Schema"];
    }

    private sealed class Row
    {
        public string Text { get; set; } = "text";

        public float Number { get; set; } = 1;

        public DateTimeOffset When { get; set; } = new(2026, 1, 2, 3, 4, 5, default);

        public bool Yes { get; set; }

        public TimeSpan Time { get; set; }

        [VectorType(2, 3)]
        public float[] Vector { get; set; } = new float[6];

        [VectorType]
        public double[] Unknown { get; set; } = [];
    }
}
