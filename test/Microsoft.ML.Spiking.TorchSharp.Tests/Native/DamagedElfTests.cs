namespace Microsoft.ML.Spiking.Tests;

[TestClass]
public class DamagedElfTests
{
    [TestMethod]
    public void No_bytes_need_nothing() => AssertNotMended([]);

    [TestMethod]
    public void Text_is_no_library() => AssertNotMended("GLIBCXX_3.4.32 GLIBCXX_3.4.30 "u8.ToArray());

    [TestMethod]
    public void A_header_full_of_huge_offsets_leads_nowhere()
    {
        byte[] file = new byte[4096];
        file.AsSpan().Fill(0xFF);
        "\u007FELF\u0002\u0001"u8.CopyTo(file);

        AssertNotMended(file);
    }

    [TestMethod]
    public void Noise_behind_a_header_leads_nowhere()
    {
        var random = new Random(1);
        for (int trial = 0; trial < 100; trial++)
        {
            byte[] file = new byte[4096];
            random.NextBytes(file);
            "\u007FELF\u0002\u0001"u8.CopyTo(file);

            AssertNotMended(file);
        }
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void A_truncated_library_is_not_mended()
    {
        byte[] library = File.ReadAllBytes(NativeFolders.Find("libLibTorchSharp.so")!);
        foreach (int length in (int[])[1, 16, 63, 64, 4096, library.Length / 2, library.Length - 4096])
            AssertNotMended(library[..length]);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void A_chain_that_leaves_the_file_is_not_followed()
    {
        byte[] library = File.ReadAllBytes(NativeFolders.Find("libLibTorchSharp.so")!);
        long entry = ElfVersionNeeds.Read(library).Single(need => need.Version == "GLIBCXX_3.4.32").Offset;
        library.AsSpan((int)entry + 12, 4).Fill(0xFF);

        AssertNotMended(library);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void A_library_for_another_byte_order_is_not_mended()
    {
        byte[] library = File.ReadAllBytes(NativeFolders.Find("libLibTorchSharp.so")!);
        library[5] = 2;

        AssertNotMended(library);
    }

    private static void AssertNotMended(byte[] file) => Assert.AreEqual(0, GlibcxxSubstitutes.Mend(file).Count());
}
