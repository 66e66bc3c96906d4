using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>What runs the tool.</summary>
/// <param name="System">The operating system.</param>
/// <param name="Architecture">The process's architecture.</param>
/// <param name="Cores">Cores that the process may use.</param>
/// <param name="Simd">The widest vector instructions that the kernels find.</param>
/// <param name="Runtime">The .NET runtime.</param>
/// <param name="Tool">Version of this tool, which is the library's.</param>
/// <param name="MLNet">Version of ML.NET.</param>
internal sealed record Machine(string System, string Architecture, int Cores, string Simd, string Runtime, string Tool, string MLNet)
{
    public static Machine This { get; } = new(
        Distribution() ?? RuntimeInformation.OSDescription, RuntimeInformation.ProcessArchitecture.ToString(), Environment.ProcessorCount, WidestSimd(),
        RuntimeInformation.FrameworkDescription, VersionOf(typeof(Machine)), VersionOf(typeof(MLContext)));

    /// <summary>The version of the assembly that a type is in, without the commit.</summary>
    public static string VersionOf(Type type) => TrainingProvenance.VersionOf(type).Split('+')[0];

    private static string WidestSimd()
        => Vector512.IsHardwareAccelerated
            ? "AVX-512"
            : Avx2.IsSupported ? "AVX2"
            : AdvSimd.IsSupported ? "NEON"
            : Vector128.IsHardwareAccelerated ? "128 bits"
            : "none";

    private static string? Distribution()
    {
        const string Release = "/etc/os-release", Name = "PRETTY_NAME=";
        return File.Exists(Release)
            ? File.ReadLines(Release).FirstOrDefault(line => line.StartsWith(Name, StringComparison.Ordinal))?[Name.Length..].Trim('"')
            : null;
    }
}
