using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;

namespace Microsoft.ML.Spiking.Native;

/// <summary>TorchSharp's native library and the libtorch below it.</summary>
internal static class LibTorch
{
    private static volatile bool s_loaded;

    /// <summary>Loads libtorch, or says in one sentence why it cannot be loaded and what to do about it.</summary>
    /// <remarks>
    /// Must come before the first use of <see cref="torch"/>. Where loading fails, its type initialiser writes to the console, names the wrong
    /// cause, and copies half a gigabyte from the user's package cache beside the application; and a type whose initialiser failed stays unusable.
    /// </remarks>
    /// <exception cref="InvalidOperationException">libtorch cannot be loaded.</exception>
    public static void EnsureLoaded()
    {
        if (s_loaded)
            return;

        // Taking the type's assembly does not run the type's initialiser.
        Assembly torchSharp = typeof(torch).Assembly;
        // In a notebook the native files lie in a package folder each, and TorchSharp gathers them itself. What the application has loaded itself is its own.
        if (OwnLibTorch.File is null && NativeFolders.TorchSharpPackage is null && !IsLoaded) throw LoadFailure.Missing(OwnLibTorch.Other);

        try
        {
            // libtorch by itself first, so that what keeps it from loading is said of it and not of TorchSharp's library. The type initialiser asks for
            // torch_cuda and then for LibTorchSharp; where there is no torch_cuda, its CUDA is simply not available.
            OwnLibTorch.Load();
            NativeLibrary.TryLoad("torch_cpu", torchSharp, searchPath: null, out _);
            NativeLibrary.Load("LibTorchSharp", torchSharp, searchPath: null);
        }
        catch (Exception refusal) when (refusal is DllNotFoundException or BadImageFormatException)
        {
            if (NativeFolders.TorchSharpPackage is not null)
                return;

            throw LoadFailure.Explain(refusal, OwnLibTorch.File);
        }

        try
        {
            RuntimeHelpers.RunClassConstructor(typeof(torch).TypeHandle);
        }
        catch (TypeInitializationException refusal)
        {
            throw LoadFailure.ExplainEarlierUse(refusal);
        }

        s_loaded = true;
    }

    private static bool IsLoaded
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return process.Modules.Cast<ProcessModule>().Any(module => module.ModuleName.Contains("LibTorchSharp", StringComparison.Ordinal));
        }
    }
}
