using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Microsoft.ML.Spiking.Native;

/// <summary>Who owns a file and who may write it: Linux's statx structure, whose layout is the same on every processor.</summary>
[SupportedOSPlatform("linux")]
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal readonly partial struct FileStatus
{
    private const int WorkingFolder = -100;
    private const int NotThroughLinks = 0x100;
    private const uint TypeModeAndOwner = 0x1 | 0x2 | 0x8;
    private const int TypeMask = 0xF000;
    private const int FolderType = 0x4000;

    [FieldOffset(20)]
    private readonly uint _owner;

    [FieldOffset(28)]
    private readonly ushort _mode;

    /// <summary>The number of the user that this process acts for.</summary>
    public static uint User => GetEffectiveUser();

    public uint Owner => _owner;

    public bool IsFolder => (_mode & TypeMask) == FolderType;

    public UnixFileMode Permissions => (UnixFileMode)(_mode & ~TypeMask);

    /// <summary>The status of the file itself and not of what a link points to; null, if there is none.</summary>
    public static FileStatus? Of(string path)
        => Read(WorkingFolder, path, NotThroughLinks, TypeModeAndOwner, out FileStatus status) == 0 ? status : null;

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Read(int folder, string path, int flags, uint fields, out FileStatus status);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUser();
}
