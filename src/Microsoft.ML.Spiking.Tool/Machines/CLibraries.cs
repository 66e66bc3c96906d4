using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using System.Text.RegularExpressions;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>The C and C++ libraries of a Linux system, whose versions decide what native code loads.</summary>
[SupportedOSPlatform("linux")]
internal static partial class CLibraries
{
    // The version that TorchSharp 0.107 asks for: GCC 13's.
    private const int Wanted = 32;

    public static IEnumerable<Finding> Examine()
    {
        yield return GlibcVersion() is { } glibc
            ? Finding.Ok("glibc", glibc)
            : Finding.Fail("glibc", "this system's C library is not glibc",
                "libtorch needs glibc: use Debian, Ubuntu, Fedora or the like; models are served without libtorch, here too.");

        string? path = PathOfLibStdCpp();
        if (path is null)
        {
            yield return Finding.Fail("libstdc++", "libstdc++.so.6 cannot be loaded", "install it: apt-get install libstdc++6, or dnf install libstdc++.");
            yield break;
        }
        int newest = NewestGlibcxx(File.ReadAllBytes(path));
        string found = $"{path}, up to GLIBCXX_3.4.{newest}";
        yield return newest >= Wanted
            ? Finding.Ok("libstdc++", found)
            : Finding.Ok("libstdc++", $"{found}; TorchSharp asks for 3.4.{Wanted}, and a mended copy of its library serves");
    }

    /// <summary>The largest n of the library's GLIBCXX_3.4.n.</summary>
    public static int NewestGlibcxx(ReadOnlySpan<byte> library)
        => GlibcxxVersion().Matches(Encoding.Latin1.GetString(library)).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))
            .DefaultIfEmpty().Max();

    private static string? GlibcVersion()
    {
        try
        {
            return Marshal.PtrToStringUTF8(GnuGetLibcVersion());
        }
        catch (Exception absent) when (absent is EntryPointNotFoundException or DllNotFoundException)
        {
            return null;
        }
    }

    private static string? PathOfLibStdCpp()
    {
        const string Name = "libstdc++.so.6";
        return NativeLibrary.TryLoad(Name, out _)
            ? File.ReadLines("/proc/self/maps").Select(line => line.Split(' ')[^1])
                .FirstOrDefault(path => path.Contains(Name, StringComparison.Ordinal) && File.Exists(path))
            : null;
    }

    [GeneratedRegex(@"GLIBCXX_3\.4\.(\d+)")]
    private static partial Regex GlibcxxVersion();

    [LibraryImport("libc", EntryPoint = "gnu_get_libc_version")]
    private static partial nint GnuGetLibcVersion();
}
