using System.Runtime.InteropServices;
using TorchSharp;

namespace Microsoft.ML.Spiking.Native;

/// <summary>The folders in which an application keeps its native libraries.</summary>
internal static class NativeFolders
{
    /// <summary>TorchSharp's package folder, where its assembly was loaded from there, as in a notebook; null in a built application.</summary>
    public static string? TorchSharpPackage
    {
        get
        {
            // A package keeps its assembly in torchsharp/VERSION/lib/FRAMEWORK.
            var version = new DirectoryInfo(TorchSharpFolder).Parent?.Parent;
            return version?.Parent?.Name == "torchsharp" ? version.FullName : null;
        }
    }

    /// <summary>The libtorch that the application brings; null where it brings none.</summary>
    public static string? LibTorch
        => Find(OperatingSystem.IsWindows() ? "torch_cpu.dll" : OperatingSystem.IsMacOS() ? "libtorch_cpu.dylib" : "libtorch_cpu.so");

    /// <summary>What packages call this kind of machine, as in linux-x64: a distribution's own .NET names the distribution, which no package does.</summary>
    public static string RuntimeIdentifier => Portable(RuntimeInformation.RuntimeIdentifier, RuntimeInformation.ProcessArchitecture);

    /// <summary>The portable form of what .NET says of a machine.</summary>
    /// <param name="said">What it says.</param>
    /// <param name="architecture">Of the process.</param>
    internal static string Portable(string said, System.Runtime.InteropServices.Architecture architecture)
    {
        if (said.Split('-') is ["linux" or "win" or "osx", ..]) return said;
        string system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        return $"{system}-{architecture.ToString().ToLowerInvariant()}";
    }

    /// <summary>The first of these folders' file of this name, or null.</summary>
    public static string? Find(string fileName)
        => All().Select(folder => Path.Combine(folder, fileName)).FirstOrDefault(File.Exists);

    // An assembly inside a single file has no place of its own.
    private static string TorchSharpFolder => Path.GetDirectoryName(typeof(torch).Assembly.Location) is { Length: > 0 } folder
        ? folder
        : AppContext.BaseDirectory;

    private static IEnumerable<string> All()
    {
        string probed = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";
        foreach (string folder in probed.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            yield return folder;

        foreach (string? folder in (string?[])[AppContext.BaseDirectory, TorchSharpFolder, TorchSharpPackage])
        {
            if (folder is null)
                continue;

            yield return folder;
            yield return Path.Combine(folder, "runtimes", RuntimeIdentifier, "native");
        }

        // Where TorchSharp gathers, beside its assembly, the parts of libtorch that a notebook has in a package folder each.
        foreach (string gathered in (string[])["cuda-12.8", "cpu"])
            yield return Path.Combine(TorchSharpFolder, gathered);
    }
}
