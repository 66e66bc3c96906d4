using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Native;

/// <summary>Why libtorch was not loaded, and the way out.</summary>
internal static class LoadFailure
{
    private const string Package = "Reference TorchSharp-cpu or one of the TorchSharp-cuda packages in the application, in TorchSharp's own version";

    /// <param name="refusal">What the loader threw.</param>
    /// <param name="libTorch">The application's own libtorch; null where it brings none. Then that is the cause, whatever the loader says of what it found
    /// elsewhere.</param>
    public static InvalidOperationException Explain(Exception refusal, string? libTorch)
    {
        string reason = Reason(refusal.Message), says = libTorch is null ? "the application brings none, and the loader says: " : "";
        return Trouble.LibTorch.InvalidOperation(
            $"libtorch cannot be loaded: {says}{reason}.{Environment.NewLine}{Remedy(reason, libTorch)}", refusal);
    }

    /// <summary>That there is no libtorch to load.</summary>
    /// <param name="other">One of another version, that somebody may think is taken; null for none.</param>
    public static InvalidOperationException Missing(string? other) => Trouble.LibTorch.InvalidOperation(
        "libtorch cannot be loaded: the application brings none, and no other will do than that of TorchSharp's own version"
        + $"{(other is null ? "" : $", which {other} is not")}.{Environment.NewLine}{PackageRemedy}");

    /// <summary>That TorchSharp failed before our assembly could help it.</summary>
    public static InvalidOperationException ExplainEarlierUse(TypeInitializationException refusal)
        => Trouble.LibTorch.InvalidOperation("TorchSharp was used before its native library could be loaded, and no type of .NET starts twice: "
            + "call SpikingTorchSharp.Prepare() before anything else that uses TorchSharp, Microsoft.ML.TorchSharp included.", refusal);

    /// <summary>What the system's loader said of the files that it found, without the many places where it found none.</summary>
    public static string Reason(string loaderMessage)
    {
        string[] lines = loaderMessage.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines.Length == 1)
            return lines[0].TrimEnd('.');

        string[] reasons = lines.Skip(1).Where(line => !IsVainProbe(line)).Distinct().ToArray();
        return reasons.Length > 0
            ? string.Join("; ", reasons)
            : "LibTorchSharp is in none of the folders that the application searches";
    }

    /// <summary>The loader's words may be translated, so a probe is known by the file that it names.</summary>
    private static bool IsVainProbe(string line)
    {
        string probe = line.Split(": ")[0];
        return Path.GetFileName(probe).Contains("LibTorchSharp", StringComparison.Ordinal) && !File.Exists(probe);
    }

    /// <summary>
    /// The file that the loader found cut short because it is the first of several parts, which the build has not put together; null where there is none. Its
    /// checksum lies beside it until they are.
    /// </summary>
    private static string? Fragment(string reason) => reason.Split("; ").Select(line => line.Split(": ")[0]).FirstOrDefault(file => File.Exists(file)
        && (File.Exists(file + ".sha") || File.ResolveLinkTarget(file, returnFinalTarget: true) is { } target && File.Exists(target.FullName + ".sha")));

    private static string Remedy(string reason, string? libTorch) => Fragment(reason) is { } fragment
        ? $"{Path.GetFileName(fragment)} is the first of the parts that its packages bring, and the build could not put them together, for which it needs up "
          + "to 3 GB in the folder of temporary files: free them or set TMPDIR to where they are free, delete the package's folder in the package cache, and "
          + "build again."
        : libTorch is not null && reason.Contains("GLIBCXX_", StringComparison.Ordinal)
        ? "The system's libstdc++ is too old, and no mended copy of TorchSharp's library could be kept and loaded: install the libstdc++ "
          + "of GCC 13 or newer, or give this user a folder to write in that may hold code (XDG_CACHE_HOME or TMPDIR, not mounted noexec)."
        : PackageRemedy;

    private static string PackageRemedy => $"{Package}, and build it for this machine's RuntimeIdentifier, {NativeFolders.RuntimeIdentifier}, or for none.";
}
