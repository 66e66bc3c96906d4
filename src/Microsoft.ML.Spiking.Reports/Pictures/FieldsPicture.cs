using System.Globalization;
using System.Xml.Linq;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Images;

namespace Microsoft.ML.Spiking;

/// <summary>The weights from an image's pixels to neurons, each neuron's as a small image: what it would like to see, and what not.</summary>
internal static class FieldsPicture
{
    private const int Across = 8;
    private const double Side = 84;
    private const double Gap = (SvgPicture.Width - 2.0 * SvgPicture.Margin - Across * Side) / (Across - 1);
    private const double Down = Side + 44;

    // Five rows.
    private const int Shown = 40;

    public static SvgPicture Draw(SpikingModel model, IReadOnlyList<(int Column, int Neuron)> neurons)
    {
        ImageShape image = model.Input.Image ?? throw Trouble.Picture.Argument(
            $"The network reads [{string.Join(", ", model.Input.Dimensions)}], which is no image, but receptive fields need one; "
                + "train it on a column of dimensions [height, width].", nameof(model));
        ColumnLayer first = First(model);
        foreach (var (column, neuron) in neurons)
        {
            if (column < 0 || column >= first.Columns || neuron < 0 || neuron >= first.NeuronsPerColumn)
                throw Trouble.Picture.OutOfRange(nameof(neurons),
                    $"There is no neuron {neuron} of column {column}: the network has {first.Columns} columns of {first.NeuronsPerColumn} neurons, counted "
                        + "from 0.");
        }
        int rows = Math.Max(1, (neurons.Count + Across - 1) / Across);
        return new SvgPicture(
            "Receptive fields",
            "Weights from the pixels to single neurons, column · neuron; a colour is full at the neuron's largest weight",
            SvgPicture.Top + rows * Down + 8,
            Legend.Draw(SvgPicture.Width - SvgPicture.Margin, 36, ("excitatory", "positive"), ("inhibitory", "negative")),
            neurons.Select((neuron, i) => Field(model, image, neuron.Column, neuron.Neuron, SvgPicture.Margin + i % Across * (Side + Gap),
                SvgPicture.Top + i / Across * Down)));
    }

    /// <summary>The same number of neurons of every column, spread over it from the first to the last; up to 40 in all.</summary>
    public static (int Column, int Neuron)[] Spread(SpikingModel model)
    {
        ColumnLayer first = First(model);
        int columns = Math.Min(first.Columns, Shown), last = first.NeuronsPerColumn - 1, each = Math.Clamp(Shown / columns, 1, last + 1);
        return [.. Enumerable.Range(0, columns).SelectMany(column => Enumerable.Range(0, each).Select(i => (column, each == 1 ? 0 : i * last / (each - 1))))];
    }

    private static ColumnLayer First(SpikingModel model) => model.Network.Layers[0] as ColumnLayer ?? throw Trouble.Picture.Argument(
        $"The first layer is a {model.Network.Layers[0].GetType().Name}, whose neurons share their weights, but receptive fields are of neurons with weights "
            + $"of their own; draw a network that begins with a {nameof(ColumnLayer)}.", nameof(model));

    private static XElement Field(SpikingModel model, ImageShape image, int column, int neuron, double left, double top)
    {
        int inputs = model.Input.Inputs;
        ReadOnlySpan<float> weights = model.Layers[0].InputWeights.AsSpan((column * First(model).NeuronsPerColumn + neuron) * inputs, inputs);
        var pixels = new double[image.Height * image.Width];
        for (int input = 0; input < inputs; input++)
        {
            var (row, x) = image.Pixel(input);
            pixels[row * image.Width + x] += weights[input] / (image.Planes * image.Unit);
        }
        double most = pixels.Max(Math.Abs), scale = Side / Math.Max(image.Height, image.Width);
        return Svg.Group(
            "field",
            new XElement(Svg.Space + "g", new XAttribute("transform", $"translate({Svg.Number(left)} {Svg.Number(top)}) scale({Scale(scale)})"),
                Pixels(pixels, image.Width, most)),
            Svg.Rectangle("frame-line", left, top, image.Width * scale, image.Height * scale),
            model.FieldOf(column) is { } patch
                ? Svg.Rectangle("quiet-line", left + patch.Left * scale, top + patch.Top * scale, patch.Width * scale, patch.Height * scale)
                : null,
            Svg.Text("ink", left, top + image.Height * scale + 15, $"{column} · {neuron}"),
            Svg.Text("quiet small", left + image.Width * scale, top + image.Height * scale + 15,
                $"±{most.ToString(most >= 0.01 ? "F2" : "G2", CultureInfo.InvariantCulture)}", "end"));
    }

    private static IEnumerable<XElement> Pixels(double[] pixels, int width, double most)
    {
        Shades positive = new("excitatory"), negative = new("inhibitory");
        for (int start = 0, end; start < pixels.Length; start = end)
        {
            int lineEnd = start - start % width + width;
            for (end = start + 1; end < lineEnd && Shade(end) == Shade(start); end++) { }
            if (Shade(start) != 0) (pixels[start] > 0 ? positive : negative).Add(Math.Abs(pixels[start]) / most, start % width, start / width, end - start, 1);
        }
        return [.. positive.Draw(), .. negative.Draw()];

        int Shade(int pixel) => most == 0 ? 0 : Math.Sign(pixels[pixel]) * Shades.Shade(Math.Abs(pixels[pixel]) / most);
    }

    private static string Scale(double scale) => scale.ToString("0.####", CultureInfo.InvariantCulture);
}
