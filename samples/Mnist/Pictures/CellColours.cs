namespace Microsoft.ML.Spiking.Samples.Mnist;

/// <summary>The colours of a card.</summary>
internal sealed record CellColours(string Paper, string Frame, string Caption, string Bar)
{
    public const string Ink = "#242f4b";

    public static CellColours Right { get; } = new("#ffffff", "#e2e4ea", Ink, "#9fb0cb");

    public static CellColours Wrong { get; } = new("#fdf4f3", "#cf4f4a", "#b5352f", "#e09a96");
}
