using System.Xml.Linq;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Images;

namespace Microsoft.ML.Spiking;

/// <summary>What the neurons of a winner-take-all layer have learnt to see, each as a small image, by the classes that they speak for.</summary>
internal static class WinnersPicture
{
    private const int Across = 20, Shown = 100;
    private const double Gap = 4, Side = (SvgPicture.Width - 2.0 * SvgPicture.Margin - (Across - 1) * Gap) / Across, Down = Side + 20;

    public static SvgPicture Draw(WinnerTakeAllModel model, IReadOnlyList<string>? classNames)
    {
        ImageShape image = model.Input.Image ?? throw Trouble.Picture.Argument(
            $"The layer reads [{string.Join(", ", model.Input.Dimensions)}], which is no image, but receptive fields need one; "
                + "train it on a column of dimensions [height, width].", nameof(model));
        if (classNames is not null && classNames.Count != model.Classes)
            throw Trouble.Picture.Argument($"There are {classNames.Count} names for {model.Classes} classes; give one for each.", nameof(classNames));
        var classes = model.NeuronClasses;
        int[] neurons = Spread([.. Enumerable.Range(0, model.Network.Neurons).OrderBy(neuron => (uint)classes[neuron])]);
        int rows = (neurons.Length + Across - 1) / Across;
        return new SvgPicture(
            "What the winners have learnt",
            $"Weights from the pixels to {(neurons.Length < model.Network.Neurons ? $"{neurons.Length} of " : "")}{model.Network.Neurons} neurons, "
                + "by the class that each fires most for; a colour is full at the neuron's largest weight",
            SvgPicture.Top + rows * Down + 8,
            neurons.Select((neuron, i) => Field(model, image, neuron, Name(classes[neuron]), SvgPicture.Margin + i % Across * (Side + Gap),
                SvgPicture.Top + i / Across * Down)));

        string Name(int c) => c < 0 ? "–" : classNames?[c] ?? Svg.Number(c);
    }

    /// <summary>As many of some as are shown, from the first to the last.</summary>
    public static int[] Spread(int[] all)
        => all.Length <= Shown ? all : [.. Enumerable.Range(0, Shown).Select(i => all[(int)((long)i * (all.Length - 1) / (Shown - 1))])];

    private static XElement Field(WinnerTakeAllModel model, ImageShape image, int neuron, string name, double left, double top)
    {
        int inputs = model.Input.Features;
        ReadOnlySpan<float> weights = model.Weights.AsSpan(neuron * inputs, inputs);
        var pixels = new double[image.Height * image.Width];
        for (int input = 0; input < inputs; input++)
        {
            var (row, x) = image.Pixel(input);
            pixels[row * image.Width + x] += weights[input];
        }
        double most = pixels.Max(), scale = Side / Math.Max(image.Height, image.Width);
        var shades = new Shades("excitatory");
        for (int start = 0, end; start < pixels.Length; start = end)
        {
            int lineEnd = start - start % image.Width + image.Width, shade = Shade(start);
            for (end = start + 1; end < lineEnd && Shade(end) == shade; end++) { }
            if (shade > 0) shades.Add(pixels[start] / most, start % image.Width, start / image.Width, end - start, 1);
        }
        return Svg.Group(
            "field",
            new XElement(Svg.Space + "g", new XAttribute("transform", $"translate({Svg.Number(left)} {Svg.Number(top)}) scale({Svg.Number(scale)})"),
                shades.Draw()),
            Svg.Rectangle("frame-line", left, top, image.Width * scale, image.Height * scale),
            Svg.Text("quiet small", left + image.Width * scale / 2, top + image.Height * scale + 12, name, "middle"));

        int Shade(int pixel) => most > 0 ? Shades.Shade(pixels[pixel] / most) : 0;
    }
}
