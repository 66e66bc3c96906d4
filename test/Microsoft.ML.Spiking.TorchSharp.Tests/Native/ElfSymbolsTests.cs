namespace Microsoft.ML.Spiking.Tests;

[TestClass]
[OSCondition(OperatingSystems.Linux)]
public class ElfSymbolsTests
{
    private static readonly byte[] s_library = File.ReadAllBytes(NativeFolders.Find("libLibTorchSharp.so")!), s_core = File.ReadAllBytes(NativeFolders.Find("libc10.so")!);

    [TestMethod]
    public void What_a_library_needs_and_what_it_has_are_told_apart()
    {
        HashSet<string> needs = ElfSymbols.Needs(s_library), has = ElfSymbols.Has(s_library);
        Assert.Contains("THSTensor_ones", has);
        Assert.DoesNotContain("THSTensor_ones", needs);
        Assert.Contains("strncpy", needs);
        Assert.DoesNotContain("strncpy", has);
        Assert.IsGreaterThan(1000, needs.Count);
    }

    [TestMethod]
    public void What_is_weak_is_not_needed() => Assert.DoesNotContain("_ZTHN3c104impl26raw_local_dispatch_key_setE", ElfSymbols.Needs(s_library));

    [TestMethod]
    public void What_one_library_needs_another_has()
    {
        string[] needs = [.. ElfSymbols.Needs(s_library).Where(name => name.Contains("N3c105Error", StringComparison.Ordinal))];
        Assert.IsNotEmpty(needs);
        Assert.IsEmpty(needs.Except(ElfSymbols.Has(s_core)));
    }

    [TestMethod]
    public void A_damaged_library_has_nothing_or_less_and_never_throws()
    {
        Assert.IsEmpty(ElfSymbols.Has([]));
        Assert.IsEmpty(ElfSymbols.Has("no library"u8));
        var random = new Random(1);
        for (int trial = 0; trial < 100; trial++)
        {
            byte[] file = s_core[..random.Next(64, s_core.Length)];
            for (int change = 0; change < 20; change++) file[random.Next(64)] = (byte)random.Next(256);
            ElfSymbols.Has(file);
        }
        Assert.IsEmpty(ElfSymbols.Has(s_core.AsSpan(0, s_core.Length / 2)));
    }
}
