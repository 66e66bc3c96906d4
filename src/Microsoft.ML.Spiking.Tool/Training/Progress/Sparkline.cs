namespace Microsoft.ML.Spiking.Tool;

/// <summary>A curve in one line of text.</summary>
internal static class Sparkline
{
    private const string Bars = "▁▂▃▄▅▆▇█", AsciiBars = "_.-=*%#@";

    /// <param name="values">The curve, from the first to the latest.</param>
    /// <param name="width">Characters, at most; neighbours share one where there are more values.</param>
    /// <param name="console">Whether its terminal knows more than ASCII.</param>
    public static string Of(IReadOnlyList<double> values, int width, Spectre.Console.IAnsiConsole console)
        => Of(values, width, console.Profile.Capabilities.Unicode ? Bars : AsciiBars);

    public static string Of(IReadOnlyList<double> values, int width) => Of(values, width, Bars);

    private static string Of(IReadOnlyList<double> values, int width, string bars)
    {
        if (values.Count == 0) return "";
        int count = Math.Min(width, values.Count);
        double[] means = [.. Enumerable.Range(0, count).Select(i =>
        {
            int from = (int)((long)i * values.Count / count), to = (int)((long)(i + 1) * values.Count / count);
            return Enumerable.Range(from, to - from).Average(at => values[at]);
        })];
        double low = means.Min(), range = means.Max() - low;
        return string.Concat(means.Select(mean => bars[range > 0 ? (int)Math.Round((mean - low) / range * (bars.Length - 1)) : 0]));
    }
}
