namespace Microsoft.ML.Spiking.Tests.Aedat;

[TestClass]
public class FlatTableTests
{
    // root 12; identifier; vtable at 20; then the table at 12: 8 back to the vtable, which is negative here, as builders may lay it behind.
    private static byte[] Buffer => [12, 0, 0, 0, (byte)'A', (byte)'B', (byte)'C', (byte)'D', 0, 0, 0, 0,
        0xF8, 0xFF, 0xFF, 0xFF, 7, 0, 0, 0, 10, 0, 8, 0, 4, 0, 0, 0, 8, 0, 3, 0, 0, 0, 0xC3, 0xA9, 0x21];

    [TestMethod]
    public void Fields_are_found_through_the_vtable_and_those_that_are_not_there_have_their_default()
    {
        var table = new FlatTable(Buffer);

        Assert.AreEqual(7, table.Int32(0, -1));
        Assert.AreEqual(-1, table.Int32(1, -1));
        Assert.AreEqual(-5L, table.Int64(9, -5));
        Assert.AreEqual("", table.Text(1));
        Assert.IsTrue(FlatTable.Is(Buffer, "ABCD"u8));
        Assert.IsFalse(FlatTable.Is(Buffer.AsSpan(0, 7), "ABC"u8));
    }

    [TestMethod]
    public void A_text_lies_where_its_offset_leads()
    {
        byte[] buffer = Buffer;
        (buffer[16], buffer[26]) = (14, 4);   // field 1 is the same place, 14 before the text

        Assert.AreEqual("é!", new FlatTable(buffer).Text(1));
    }

    [TestMethod]
    [DataRow(0, 0xFF, "the root")]
    [DataRow(15, 0x7F, "the vtable")]
    [DataRow(20, 0xFF, "the vtable's size")]
    [DataRow(20, 2, "a vtable of one size")]
    [DataRow(24, 0xFF, "a field")]
    public void An_offset_that_leads_out_is_refused(int at, int value, string what)
    {
        byte[] buffer = Buffer;
        buffer[at] = (byte)value;

        Assert.ThrowsExactly<InvalidDataException>(() => new FlatTable(buffer).Int32(0, -1), what);
    }

    [TestMethod]
    [DataRow(4)]
    [DataRow(16)]
    [DataRow(int.MaxValue)]
    public void A_vector_of_more_elements_than_there_are_bytes_is_refused(int elementBytes)
    {
        byte[] buffer = Buffer;
        (buffer[16], buffer[26]) = (14, 4);

        Assert.ThrowsExactly<InvalidDataException>(() => _ = new FlatTable(buffer).Vector(1, elementBytes).Length);
    }

    [TestMethod]
    public void Nothing_is_no_table() => Assert.ThrowsExactly<InvalidDataException>(() => new FlatTable([]).Int32(0, 0));
}
