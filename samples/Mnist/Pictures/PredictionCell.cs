using System.Globalization;
using System.Xml.Linq;

namespace Microsoft.ML.Spiking.Samples.Mnist;

/// <summary>One card of the grid: the image, the answer below it, and how sure the network was.</summary>
internal static class PredictionCell
{
    public const int Width = ImageSide + 2 * Padding;
    public const int Height = ImageSide + 2 * Padding + 30;

    // Three pixels of screen for one of MNIST's 28: sharp edges.
    private const int ImageSide = 84;
    private const int Padding = 10;

    // More letters than these leave no room for the number beside them; the bar still tells it.
    private const int LettersBesideNumber = 7;

    public static IEnumerable<XElement> Draw(PredictedImage image)
    {
        string caption = image.IsRight ? image.Prediction : $"{image.Prediction} not {image.Truth}";
        double confidence = Math.Clamp(image.Confidence, 0, 1);
        string sureness = (100 * confidence).ToString("0", CultureInfo.InvariantCulture) + " %";
        CellColours colours = image.IsRight ? CellColours.Right : CellColours.Wrong;

        XElement card = Svg.Rectangle(0, 0, Width, Height, colours.Paper, radius: 10);
        card.Add(new XAttribute("stroke", colours.Frame), new XAttribute("stroke-width", image.IsRight ? 1 : 2));
        yield return new XElement(Svg.Space + "title", $"shows {image.Truth}, read as {image.Prediction}, {sureness} sure");
        yield return card;
        yield return Pixels(image);
        yield return Svg.Text(Padding, Height - 17, FontSize(caption), colours.Caption, caption);
        if (caption.Length <= LettersBesideNumber)
        {
            XElement number = Svg.Text(Width - Padding, Height - 17, 11, "#7a8194", sureness);
            number.Add(new XAttribute("text-anchor", "end"));
            yield return number;
        }

        yield return Svg.Rectangle(Padding, Height - 10, ImageSide, 3, "#eceef2", radius: 1.5);
        yield return Svg.Rectangle(Padding, Height - 10, ImageSide * confidence, 3, colours.Bar, radius: 1.5);
    }

    // A letter is a little more than half as wide as it is high.
    private static int FontSize(string caption) => Math.Clamp(ImageSide * 5 / 3 / Math.Max(caption.Length, 1), 6, 14);

    private static XElement Pixels(PredictedImage image)
    {
        double scale = (double)ImageSide / Math.Max(image.Rows, image.Columns);
        double left = Padding + (ImageSide - scale * image.Columns) / 2;
        double top = Padding + (ImageSide - scale * image.Rows) / 2;
        return new XElement(
            Svg.Space + "g",
            new XAttribute("transform", string.Create(CultureInfo.InvariantCulture, $"translate({left:0.##} {top:0.##}) scale({scale:0.###})")),
            new XAttribute("fill", CellColours.Ink),
            new XAttribute("shape-rendering", "crispEdges"),
            PixelDrawing.Of(image));
    }
}
