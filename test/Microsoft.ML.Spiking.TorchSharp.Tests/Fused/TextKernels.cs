using System.Text;
using System.Text.RegularExpressions;

namespace Microsoft.ML.Spiking.Tests.Fused;

/// <summary>The kernels as the text says that a GPU's driver is given.</summary>
/// <param name="text">PTX.</param>
internal sealed partial class TextKernels(string text) : FusedKernels
{
    private readonly Dictionary<string, PtxMachine> _machines =
        Entry().Matches(text).ToDictionary(entry => entry.Groups[1].Value, entry => new PtxMachine(entry.Groups[2].Value.Trim(), entry.Groups[3].Value));

    /// <summary>What the library holds.</summary>
    public static string Held => Encoding.UTF8.GetString(KernelSource.Read()).TrimEnd('\0');

    public override void Dispose()
    {
    }

    protected override void Launch(string kernel, int lanes, KernelArgument[] arguments)
    {
        KernelArgument[] all = [KernelArgument.Of(lanes), .. arguments];
        // As many as blocks of 32 have: those behind the last are to do nothing.
        for (int lane = 0; lane < (lanes + 31) / 32 * 32; lane++) _machines[kernel].Run(lane, all);
    }

    [GeneratedRegex(@"\.entry (\w+)\(([^)]*)\)\s*\{([^}]*)\}")]
    private static partial Regex Entry();
}
