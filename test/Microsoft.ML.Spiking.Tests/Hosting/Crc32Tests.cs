namespace Microsoft.ML.Spiking.Tests.Hosting;

[TestClass]
public class Crc32Tests
{
    // The check value of CRC-32/ISO-HDLC.
    [TestMethod]
    public void It_is_the_sum_of_zip_files() => Assert.AreEqual(0xCBF43926u, Crc32.Append(0, "123456789"u8));

    [TestMethod]
    public void In_pieces_it_is_the_same()
    {
        byte[] bytes = [.. Enumerable.Range(0, 1000).Select(i => (byte)(i * 7))];
        uint whole = Crc32.Append(0, bytes);
        for (int cut = 0; cut < 40; cut++) Assert.AreEqual(whole, Crc32.Append(Crc32.Append(0, bytes.AsSpan(0, cut)), bytes.AsSpan(cut)));
    }
}
