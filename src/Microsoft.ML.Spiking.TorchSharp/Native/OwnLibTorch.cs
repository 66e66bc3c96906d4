using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace Microsoft.ML.Spiking.Native;

/// <summary>The libtorch of TorchSharp's own version.</summary>
/// <remarks>
/// Never one that the system happens to have: its files have the same names, so that the loader takes it where it finds no other, but it is of any version, and
/// its functions are not those that TorchSharp calls. So the files are loaded by their paths, before anything asks for them by name.
/// </remarks>
internal static class OwnLibTorch
{
    private const string TorchSharp = "libLibTorchSharp.so", Cpu = "libtorch_cpu.so", Core = "libc10.so";

    // Each after those that it needs. A library once loaded is found again by its name alone, whatever folder asks for it.
    private static readonly string[] s_parts = [Core, Cpu, "libc10_cuda.so", "libtorch_cuda.so", "libtorch.so"];
    private static readonly string[] s_namespaces = ["2at", "3c10", "5torch"];
    private static readonly Lazy<string?> s_named = new(() => Candidates.FirstOrDefault(Fits));

    /// <summary>The application's; on Linux also one in LD_LIBRARY_PATH that has all that TorchSharp's library calls. Null where there is neither.</summary>
    public static string? File => NativeFolders.LibTorch ?? s_named.Value;

    /// <summary>A libtorch in LD_LIBRARY_PATH, of whatever version.</summary>
    public static string? Other => Candidates.FirstOrDefault();

    /// <summary>Loads it, where it is one of Linux; elsewhere the system takes the application's first.</summary>
    /// <returns>Whether there is one.</returns>
    public static bool Load()
    {
        if (!OperatingSystem.IsLinux()) return false;
        string? folder = NativeFolders.LibTorch is null && s_named.Value is { } named ? Path.GetDirectoryName(named) : null;
        bool whole = false;
        foreach (string part in s_parts)
            whole = (folder is null ? NativeFolders.Find(part) : Path.Combine(folder, part)) is { } path && NativeLibrary.TryLoad(path, out _);
        return whole;
    }

    private static IEnumerable<string> Candidates
    {
        get
        {
            string folders = OperatingSystem.IsLinux() ? Environment.GetEnvironmentVariable("LD_LIBRARY_PATH") ?? "" : "";
            return folders.Split(':', ';').Where(Path.IsPathFullyQualified).Select(folder => Path.Combine(folder, Cpu)).Where(System.IO.File.Exists);
        }
    }

    private static bool Fits(string libTorch)
    {
        if (NativeFolders.Find(TorchSharp) is not { } torchSharp) return false;
        try
        {
            HashSet<string> needs = Symbols(torchSharp, ElfSymbols.Needs);
            needs.RemoveWhere(name => !IsTorchs(name));
            if (needs.Count == 0) return false;
            foreach (string part in (string[])[Cpu, Core]) needs.ExceptWith(Symbols(Path.Combine(Path.GetDirectoryName(libTorch)!, part), ElfSymbols.Has));
            return needs.Count == 0;
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Whether a function is of libtorch, by the namespace in its name.</summary>
    private static bool IsTorchs(string name)
    {
        ReadOnlySpan<char> nested = name.StartsWith("_Z", StringComparison.Ordinal) ? name.AsSpan(2).TrimStart("KNTVIS") : default;
        foreach (string space in s_namespaces)
            if (nested.StartsWith(space, StringComparison.Ordinal)) return true;
        return false;
    }

    /// <summary>Half a gigabyte is not read for its names, but mapped.</summary>
    private static unsafe HashSet<string> Symbols(string path, SymbolReader read)
    {
        using FileStream bytes = System.IO.File.OpenRead(path);
        if (bytes.Length == 0) return [];
        using var file = MemoryMappedFile.CreateFromFile(bytes, mapName: null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        using MemoryMappedViewAccessor view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        try
        {
            return read(new ReadOnlySpan<byte>(start, (int)Math.Min(bytes.Length, int.MaxValue)));
        }
        finally
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
        }
    }

    private delegate HashSet<string> SymbolReader(ReadOnlySpan<byte> file);
}
