namespace Microsoft.ML.Spiking.Tests;

[TestClass]
[OSCondition(OperatingSystems.Linux)]
public class ElfVersionNeedsTests
{
    private const string Missing = "GLIBCXX_3.4.32";
    private const string Offered = "GLIBCXX_3.4.30";

    private static readonly byte[] s_library = File.ReadAllBytes(NativeFolders.Find("libLibTorchSharp.so")!);

    [TestMethod]
    public void A_version_becomes_another_and_all_else_stays_as_it_was()
    {
        byte[] mended = ElfVersionNeeds.Substitute(s_library, Missing, Offered)!;

        string[] expected = Versions(s_library).Select(version => version == Missing ? Offered : version).ToArray();
        CollectionAssert.AreEqual(expected, Versions(mended));
        Assert.HasCount(s_library.Length, mended);

        // A hash and a name, four bytes each, in an entry of sixteen.
        long entry = ElfVersionNeeds.Read(s_library).Single(need => need.Version == Missing).Offset;
        foreach (int place in Differences(s_library, mended))
            Assert.IsTrue(place - entry is (>= 0 and < 4) or (>= 8 and < 12), $"byte {place - entry} of the entry");
    }

    [TestMethod]
    public void A_version_that_was_substituted_is_asked_for_no_more()
    {
        byte[] mended = ElfVersionNeeds.Substitute(s_library, Missing, Offered)!;

        Assert.IsNull(ElfVersionNeeds.Substitute(mended, Missing, Offered));
    }

    [TestMethod]
    public void A_version_that_the_library_does_not_need_is_no_substitute()
        => Assert.IsNull(ElfVersionNeeds.Substitute(s_library, Missing, "GLIBCXX_9.9.9"));

    [TestMethod]
    public void A_version_of_another_library_is_no_substitute()
        => Assert.IsNull(ElfVersionNeeds.Substitute(s_library, Missing, "GLIBC_2.34"));

    [TestMethod]
    public void A_weakened_version_differs_by_one_flag()
    {
        byte[] mended = ElfVersionNeeds.Weaken(s_library, Missing)!;

        long entry = ElfVersionNeeds.Read(s_library).Single(need => need.Version == Missing).Offset;
        int place = Differences(s_library, mended).Single();
        Assert.AreEqual(entry + 4, place);
        Assert.AreEqual(2, mended[place]);
    }

    [TestMethod]
    public void Mending_does_without_GCC_13_first_and_then_without_GCC_12()
    {
        string[][] mended = GlibcxxSubstitutes.Mend(s_library).Select(Versions).ToArray();

        Assert.HasCount(2, mended);
        CollectionAssert.DoesNotContain(mended[0], "GLIBCXX_3.4.32");
        CollectionAssert.DoesNotContain(mended[1], "GLIBCXX_3.4.32");
        CollectionAssert.DoesNotContain(mended[1], "GLIBCXX_3.4.30");
    }

    private static string[] Versions(byte[] library) => ElfVersionNeeds.Read(library).Select(need => need.Version).ToArray();

    private static IEnumerable<int> Differences(byte[] one, byte[] other)
        => Enumerable.Range(0, one.Length).Where(place => one[place] != other[place]);
}
