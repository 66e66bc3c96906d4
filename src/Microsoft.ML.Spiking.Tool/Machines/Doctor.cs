using System.Reflection;
using SkiaSharp;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>Looks at all that the tool and the library need of a machine.</summary>
internal static class Doctor
{
    private const long LittleDisk = 1L << 30, LittleMemory = 2L << 30;

    public static Examination Examine()
    {
        Finding[] findings =
        [
            .. Versions(), Memory(),
            Images(), Disk("disk", Environment.CurrentDirectory), Disk("temporary", Path.GetTempPath()),
            .. TrainingCheck.Examine(),
        ];
        return Sum(findings);
    }

    /// <summary>Training works where its own check did; other faults may be none of its.</summary>
    public static Examination Sum(IReadOnlyList<Finding> findings)
        => new(findings.Any(finding => finding is { Name: "training", Health: not Health.Fail }), findings);

    private static IEnumerable<Finding> Versions()
    {
        Machine machine = Machine.This;
        yield return Finding.Ok("tool", $"{machine.Tool}, on ML.NET {machine.MLNet} and {machine.Runtime}");
        yield return Finding.Ok("system", $"{machine.System}, {machine.Architecture}");
        yield return machine.Simd is "none" or "128 bits"
            ? Finding.Warn("processor", $"{machine.Cores} cores, vector instructions: {machine.Simd}",
                "all works, only slower; a processor with AVX2 or better is several times as fast.")
            : Finding.Ok("processor", $"{machine.Cores} cores, {machine.Simd}");
    }

    private static Finding Memory()
    {
        long bytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        return bytes >= LittleMemory
            ? Finding.Ok("memory", Size(bytes))
            : Finding.Warn("memory", Size(bytes), "training needs some 1 GB besides its data; give the container or machine more.");
    }

    private static Finding Images()
    {
        try
        {
            using var bitmap = new SKBitmap(1, 1);
            return Finding.Ok("images", $"SkiaSharp {typeof(SKBitmap).Assembly.GetCustomAttribute<AssemblyFileVersionAttribute>()?.Version}");
        }
        catch (Exception refusal) when (refusal is TypeInitializationException or DllNotFoundException)
        {
            return Finding.Fail("images", $"SkiaSharp cannot be loaded: {refusal.GetBaseException().Message.ReplaceLineEndings(" ")}",
                "use IDX, CSV or .idv data, or install the tool again for this system.");
        }
    }

    private static Finding Disk(string name, string folder)
    {
        var drive = new DriveInfo(folder);
        string found = $"{Size(drive.AvailableFreeSpace)} free in {folder}";
        return drive.AvailableFreeSpace >= LittleDisk
            ? Finding.Ok(name, found)
            : Finding.Warn(name, found, "make room: checkpoints and reports take tens of megabytes each.");
    }

    private static string Size(long bytes) => FormattableString.Invariant($"{bytes / (double)(1L << 30):0.0} GiB");
}
