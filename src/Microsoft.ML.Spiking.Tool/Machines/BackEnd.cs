using System.Runtime.InteropServices;
using Microsoft.ML.Spiking.Applications;
using Microsoft.ML.Spiking.Native;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>libtorch, which only training needs.</summary>
internal static class BackEnd
{
    /// <summary>Loads it; comes before anything else that touches it.</summary>
    public static void Load()
    {
        OpenMP.StopSpinning();
        try
        {
            LibTorch.EnsureLoaded();
        }
        catch (InvalidOperationException refusal)
        {
            throw Refused(refusal);
        }
    }

    /// <summary>
    /// The library's first line says what is wrong, the rest what to do; but its advice on packages is for programs, and a tool is installed.
    /// </summary>
    public static Failure Refused(InvalidOperationException refusal)
    {
        string[] lines = refusal.Message.Split(Environment.NewLine, 2);
        bool system = lines is [_, _] && lines[0].Contains("GLIBCXX_", StringComparison.Ordinal);
        return Failure.BackEnd(lines[0], system
            ? lines[1]
            : $"install the tool's package for this kind of machine, {RuntimeInformation.RuntimeIdentifier}, again: it carries libtorch.", refusal);
    }
}
