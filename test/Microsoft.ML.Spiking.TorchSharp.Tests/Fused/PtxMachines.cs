using System.Text.RegularExpressions;

namespace Microsoft.ML.Spiking.Tests.Fused;

/// <summary>Machines for all entries of a text.</summary>
internal static partial class PtxMachines
{
    public static Dictionary<string, PtxMachine> Of(string text)
        => Entry().Matches(text).ToDictionary(entry => entry.Groups[1].Value, entry => new PtxMachine(entry.Groups[2].Value.Trim(), entry.Groups[3].Value));

    [GeneratedRegex(@"\.entry (\w+)\(([^)]*)\)\s*\{([^}]*)\}")]
    private static partial Regex Entry();
}
