using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Html;

/// <summary>A spike train: all inputs fire together every fourth step, or every sixth.</summary>
internal sealed class Beat
{
    public const int Steps = 24, Inputs = 5;

    public string Class { get; set; } = "";

    [VectorType(Steps, Inputs)]
    public bool[] Spikes { get; set; } = [];

    public static Beat Play(int row)
    {
        int period = row % 2 == 0 ? 4 : 6;
        return new Beat { Class = $"every {period}th", Spikes = [.. Enumerable.Range(0, Steps * Inputs).Select(cell => (cell / Inputs + row) % period == 0)] };
    }
}
