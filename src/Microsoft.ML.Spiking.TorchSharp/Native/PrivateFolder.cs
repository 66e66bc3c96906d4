using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace Microsoft.ML.Spiking.Native;

/// <summary>A folder that only this user can write, for code that this process is going to load.</summary>
[SupportedOSPlatform("linux")]
internal sealed class PrivateFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode WritableByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    private PrivateFolder(string path) => FullName = path;

    public string FullName { get; }

    /// <summary>The user's cache, the user's data, and where there is no home to write in, the temporary folder.</summary>
    public static IEnumerable<PrivateFolder> Candidates()
    {
        string?[] parents =
        [
            Environment.GetEnvironmentVariable("XDG_CACHE_HOME"),
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData),
            Path.GetTempPath(),
        ];

        // The temporary folder is everyone's, so the name tells the users apart.
        string name = $"Microsoft.ML.Spiking-{FileStatus.User}";
        foreach (string? parent in parents)
        {
            if (Path.IsPathFullyQualified(parent ?? "") && Directory.Exists(parent) && TryOpen(Path.Combine(parent, name)) is { } folder)
                yield return folder;
        }
    }

    /// <summary>Makes the folder where there is none.</summary>
    /// <returns>Null, if it cannot be made or another user could write in it.</returns>
    public static PrivateFolder? TryOpen(string path)
    {
        try
        {
            Directory.CreateDirectory(path, OwnerOnly);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        bool isPrivate = FileStatus.Of(path) is FileStatus status
            && status.IsFolder
            && status.Owner == FileStatus.User
            && (status.Permissions & WritableByOthers) == 0;

        return isPrivate ? new PrivateFolder(path) : null;
    }

    /// <summary>Keeps these bytes in a file that is named by their SHA-256.</summary>
    /// <returns>The file's path, or null if it cannot be written.</returns>
    public string? TryKeep(byte[] content)
    {
        string path = Path.Combine(FullName, Convert.ToHexStringLower(SHA256.HashData(content)) + ".so");
        try
        {
            // What lies there may be damaged, and it is about to run.
            if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(content))
                Write(path, content);

            return path;
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Another process sees the whole file or none; one that has loaded the old file keeps it.</summary>
    private static void Write(string path, byte[] content)
    {
        string unfinished = $"{path}.{Guid.NewGuid():N}";
        try
        {
            File.WriteAllBytes(unfinished, content);
            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}
