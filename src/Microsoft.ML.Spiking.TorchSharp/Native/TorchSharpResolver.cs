using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using System.Runtime.Versioning;
using TorchSharp;

namespace Microsoft.ML.Spiking.Native;

/// <summary>Where Linux refuses TorchSharp's native library, loads libtorch first and then a mended copy of the library.</summary>
internal static class TorchSharpResolver
{
    private static readonly Lock s_gate = new();
    private static nint s_library;

    /// <summary>Asks to be asked, which happens only when the ordinary load has failed.</summary>
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "It must come before any use of torch, and every application of this package needs it.")]
    internal static void Listen()
    {
        if (!OperatingSystem.IsLinux())
            return;

        AssemblyLoadContext context = AssemblyLoadContext.GetLoadContext(typeof(torch).Assembly) ?? AssemblyLoadContext.Default;
        context.ResolvingUnmanagedDll += Resolve;
    }

    [SupportedOSPlatform("linux")]
    private static nint Resolve(Assembly requester, string library)
    {
        if (library != "LibTorchSharp")
            return 0;

        // Asked three times a process: by LibTorch, by TorchSharp's type initialiser, by its first call.
        lock (s_gate)
        {
            try
            {
                if (s_library == 0)
                    s_library = Load(requester);
            }
            catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
            {
                // The loader's own refusal says more than that a file which it had found cannot be read.
            }

            return s_library;
        }
    }

    [SupportedOSPlatform("linux")]
    private static nint Load(Assembly torchSharp)
    {
        if (NativeFolders.Find("libLibTorchSharp.so") is not string original)
            return 0;

        // By name it may still come from a notebook's packages.
        bool hasLibTorch = OwnLibTorch.Load()
            || NativeFolders.TorchSharpPackage is not null && NativeLibrary.TryLoad("torch", torchSharp, searchPath: null, out _);

        if (!hasLibTorch)
            return 0;

        return NativeLibrary.TryLoad(original, out nint library) ? library : LoadMended(original);
    }

    [SupportedOSPlatform("linux")]
    private static nint LoadMended(string original)
    {
        foreach (byte[] mended in GlibcxxSubstitutes.Mend(File.ReadAllBytes(original)))
        {
            foreach (PrivateFolder folder in PrivateFolder.Candidates())
            {
                // A folder may be writable and yet refuse to hold code (noexec).
                if (folder.TryKeep(mended) is string copy && NativeLibrary.TryLoad(copy, out nint library))
                    return library;
            }
        }

        return 0;
    }
}
