using System.Runtime.InteropServices;

namespace Microsoft.ML.Spiking.Applications;

/// <summary>
/// libtorch's OpenMP threads spin while they wait, and so take the cores from .NET's. An application may tell them to stop; a library must not.
/// </summary>
internal static partial class OpenMP
{
    /// <summary>Must come before libtorch is loaded.</summary>
    public static void StopSpinning()
    {
        // .NET's own environment is a copy that native code never sees.
        if (OperatingSystem.IsLinux()) _ = SetEnvironment("GOMP_SPINCOUNT", "1000", 0);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
