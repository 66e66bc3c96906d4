using System.IO.Compression;

namespace Microsoft.ML.Spiking.Tests.Fitting;

/// <summary>An entry may unpack to its limit, to the byte, and no further.</summary>
[TestClass]
public sealed class EntryLimitTests : IDisposable
{
    private const int Length = 200_000;

    private static readonly byte[] s_content = [.. Enumerable.Range(0, Length).Select(i => (byte)(i / 1000))];

    private readonly ZipArchive _zip = Zip();

    private ZipArchiveEntry Entry => _zip.GetEntry("entry")!;

    private int Packed => (int)Entry.CompressedLength;

    public void Dispose() => _zip.Dispose();

    [TestMethod]
    public void What_any_may_have_and_what_a_packed_byte_adds_come_together()
    {
        CollectionAssert.AreEqual(s_content, new EntryLimit(Length - 3 * Packed, PerByte: 3, Most: Length).Read(Entry, file: 1_000_000));

        Refused(new EntryLimit(Length - 3 * Packed - 1, PerByte: 3, Most: Length), file: 1_000_000, most: Length - 1, Packed);
    }

    [TestMethod]
    public void None_unpacks_to_more_than_the_most()
        => Refused(new EntryLimit(Length, PerByte: 3, Most: Length - 1), file: 1_000_000, most: Length - 1, Packed);

    [TestMethod]
    public void No_entry_takes_more_of_a_file_than_there_is() => Refused(new EntryLimit(100, PerByte: 3, Most: Length), file: 10, most: 130, packed: 10);

    private void Refused(EntryLimit limit, long file, int most, int packed)
        => Assert.AreEqual($"its entry unpacks to more than {most} bytes, too many for the {packed} that it takes in the file.",
            Assert.ThrowsExactly<InvalidDataException>(() => limit.Read(Entry, file)).Message);

    private static ZipArchive Zip()
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream entry = zip.CreateEntry("entry").Open();
            entry.Write(s_content);
        }
        return new ZipArchive(stream);
    }
}
