namespace Microsoft.ML.Spiking.Native;

/// <summary>Older versions of libstdc++'s symbols that serve TorchSharp's Linux library as well as the newer ones that it asks for.</summary>
/// <remarks>
/// libLibTorchSharp.so of TorchSharp 0.107 asks for two versions that long-term distributions lack:
/// <list type="bullet">
/// <item>GLIBCXX_3.4.32 (GCC 13; not in Debian 12, Ubuntu 22.04, RHEL 9), for std::ios_base_library_init alone. That function is never called and
/// has no relocation: the iostream header names it so that the library is refused by a libstdc++ which does not set up std::cout by itself.
/// With an older one libtorch, built by an older compiler and always loaded first, sets it up.</item>
/// <item>GLIBCXX_3.4.30 (GCC 12; not in RHEL 9), for std::condition_variable::wait alone, which every libstdc++ since GCC 4.4 also has as
/// GLIBCXX_3.4.11.</item>
/// </list>
/// </remarks>
internal static class GlibcxxSubstitutes
{
    /// <summary>Copies of the library that ask for less and less; none, if it asks for nothing known here.</summary>
    public static IEnumerable<byte[]> Mend(byte[] library)
    {
        byte[]? withoutGcc13 = ElfVersionNeeds.Substitute(library, "GLIBCXX_3.4.32", "GLIBCXX_3.4.30")
            ?? ElfVersionNeeds.Weaken(library, "GLIBCXX_3.4.32");
        if (withoutGcc13 is null)
            yield break;

        yield return withoutGcc13;

        byte[]? withoutGcc12 = ElfVersionNeeds.Substitute(withoutGcc13, "GLIBCXX_3.4.30", "GLIBCXX_3.4.11");
        if (withoutGcc12 is not null)
            yield return withoutGcc12;
    }
}
