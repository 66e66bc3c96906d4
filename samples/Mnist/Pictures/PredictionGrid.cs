using System.Globalization;
using System.Xml.Linq;

namespace Microsoft.ML.Spiking.Samples.Mnist;

/// <summary>A picture, as SVG, of images and what the network took them for; its mistakes stand out.</summary>
internal static class PredictionGrid
{
    private const int CellsInRow = 10;
    private const int Gap = 12;
    private const int Margin = 32;
    private const int TitleHeight = 68;

    /// <param name="accuracy">Of the whole test set, 0 to 1.</param>
    /// <param name="images">Those to show, in order.</param>
    public static void Write(string path, double accuracy, IReadOnlyList<PredictedImage> images)
        => WholeFile.Write(path, temporary => File.WriteAllText(temporary, Draw(accuracy, images).ToString(SaveOptions.DisableFormatting)));

    public static XElement Draw(double accuracy, IReadOnlyList<PredictedImage> images)
    {
        int lines = (images.Count + CellsInRow - 1) / CellsInRow;
        int width = 2 * Margin + CellsInRow * (PredictionCell.Width + Gap) - Gap;
        int height = 2 * Margin + TitleHeight + lines * (PredictionCell.Height + Gap) - Gap;
        return Svg.Page(
            width,
            height,
            Svg.Text(Margin, Margin + 22, 24, CellColours.Ink, $"{Percent(accuracy)} of the test images read correctly"),
            Svg.Text(Margin, Margin + 46, 14, "#7a8194", Caption(images)),
            images.Select((image, i) => new XElement(
                Svg.Space + "g",
                new XAttribute("class", image.IsRight ? "right" : "wrong"),
                new XAttribute("transform", $"translate({Left(i)} {Top(i)})"),
                PredictionCell.Draw(image))));
    }

    private static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    private static string Caption(IReadOnlyList<PredictedImage> images)
    {
        int wrong = images.Count(image => !image.IsRight);
        return wrong == 0
            ? $"{images.Count} of them, with the network's answer and how sure it was: all right."
            : $"{images.Count} of them, with the network's answer and how sure it was: {wrong} wrong, framed in red.";
    }

    private static int Left(int cell) => Margin + cell % CellsInRow * (PredictionCell.Width + Gap);

    private static int Top(int cell) => Margin + TitleHeight + cell / CellsInRow * (PredictionCell.Height + Gap);
}
