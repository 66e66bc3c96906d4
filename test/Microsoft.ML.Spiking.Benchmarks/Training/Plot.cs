using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>The look that all pictures of the benchmarks share.</summary>
internal static class Plot
{
    public static OxyColor Grey { get; } = OxyColor.FromRgb(110, 110, 110);

    public static PlotModel Empty(string title) => new()
    {
        Title = title,
        TitleFontWeight = FontWeights.Normal,
        TitleFontSize = 15,
        DefaultFont = "Arial",   // whose metrics the exporter knows
        Padding = new OxyThickness(12),
        Background = OxyColors.White,
        PlotAreaBorderThickness = new OxyThickness(1, 0, 0, 1),
        PlotAreaBorderColor = Grey,
    };

    public static LinearAxis Axis(AxisPosition position, string title, double minimum, double maximum) => new()
    {
        Position = position, Title = title, Minimum = minimum, Maximum = maximum, MajorGridlineStyle = LineStyle.Solid, MajorGridlineColor = OxyColor.FromRgb(228, 228, 228),
        AxisTitleDistance = 14, TickStyle = TickStyle.None, TextColor = Grey, TitleColor = Grey, AxislineStyle = LineStyle.None,
    };

    /// <summary>Bottom right, with room for fonts wider than the one that is measured.</summary>
    public static Legend Legend() => new() { LegendPosition = LegendPosition.RightBottom, LegendBorderThickness = 0, LegendMargin = 12, LegendLineSpacing = 6 };

    /// <summary>A name in the legend.</summary>
    public static string Named(string name) => name + new string('\u00A0', 8);

    public static void Save(PlotModel model, string path)
    {
        using FileStream stream = File.Create(path);
        new SvgExporter { Width = 800, Height = 450, UseVerticalTextAlignmentWorkaround = true }.Export(model, stream);
        Console.WriteLine($"Picture: {path}");
    }
}
