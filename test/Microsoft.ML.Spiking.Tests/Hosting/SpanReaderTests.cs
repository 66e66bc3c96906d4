using System.Text;

namespace Microsoft.ML.Spiking.Tests.Hosting;

/// <summary>What a BinaryWriter wrote is read as BinaryReader reads it; beyond its end there is one exception.</summary>
[TestClass]
public class SpanReaderTests
{
    [TestMethod]
    public void What_was_written_is_read()
    {
        SpanReader reader = new(Written(writer =>
        {
            writer.Write("größer");
            writer.Write(-7);
            writer.Write(long.MinValue);
            writer.Write(0.1);
            writer.Write(1.5f);
            writer.Write(true);
            writer.Write(new string('x', 300));
        }));

        Assert.AreEqual("größer", reader.Text());
        Assert.AreEqual(-7, reader.Int32());
        Assert.AreEqual(long.MinValue, reader.Int64());
        Assert.AreEqual(0.1, reader.Double());
        Assert.AreEqual(1.5f, reader.Single());
        Assert.IsTrue(reader.Boolean());
        Assert.AreEqual(300, reader.Text().Length);
        Assert.AreEqual(0, reader.Left);
    }

    [TestMethod]
    public void Beyond_the_end_there_is_one_exception()
    {
        byte[] text = Written(writer => writer.Write("text"));
        for (int length = 0; length < text.Length; length++)
        {
            byte[] cut = text[..length];
            Assert.ThrowsExactly<InvalidDataException>(() => new SpanReader(cut).Text());
        }
        foreach (Action<SpanReader> read in (Action<SpanReader>[])[r => r.Byte(), r => r.Int32(), r => r.Int64(), r => r.Single(), r => r.Double(), r => r.Boolean(), r => r.Seek(1), r => r.Seek(-1)])
            Assert.ThrowsExactly<InvalidDataException>(() => read(new SpanReader(ReadOnlyMemory<byte>.Empty)));
    }

    [TestMethod]
    [DataRow(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0x0F }, DisplayName = "four gigabytes")]
    [DataRow(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F }, DisplayName = "no length")]
    [DataRow(new byte[] { 2, 0xC0, 0x80 }, DisplayName = "no UTF-8")]
    public void A_text_that_is_none_is_refused(byte[] bytes) => Assert.ThrowsExactly<InvalidDataException>(() => new SpanReader(bytes).Text());

    private static byte[] Written(Action<BinaryWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true)) write(writer);
        return stream.ToArray();
    }
}
