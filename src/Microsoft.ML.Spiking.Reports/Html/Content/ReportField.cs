using Microsoft.ML.Spiking.Images;

namespace Microsoft.ML.Spiking;

/// <summary>The input weights of one neuron, as an image.</summary>
/// <param name="Column">The cortical column.</param>
/// <param name="Neuron">Its number in the column.</param>
/// <param name="Inhibitory">Whether it is inhibitory.</param>
/// <param name="Top">First row of the image that it sees.</param>
/// <param name="Left">First column of the image that it sees.</param>
/// <param name="Height">Rows that it sees.</param>
/// <param name="Width">Columns that it sees.</param>
/// <param name="Largest">The largest size of a weight: what 127 stands for.</param>
/// <param name="Weights">Weights as signed bytes, [row, column] of what it sees; of several channels the mean.</param>
internal sealed record ReportField(int Column, int Neuron, bool Inhibitory, int Top, int Left, int Height, int Width, float Largest, byte[] Weights)
{
    public static ReportField Of(SpikingModel model, ColumnLayer first, ImageShape image, int column, int neuron)
    {
        ImagePatch patch = model.FieldOf(column) ?? new ImagePatch(0, 0, image.Height, image.Width);
        int synapses = model.Layers[0].Inputs, at = (column * first.NeuronsPerColumn + neuron) * synapses;
        ReadOnlySpan<float> weights = model.Layers[0].InputWeights.AsSpan(at, model.Input.Inputs);
        var seen = new float[patch.Height * patch.Width];
        for (int input = 0; input < weights.Length; input++)
        {
            (int Row, int Column) pixel = image.Pixel(input);
            if (patch.Contains(pixel)) seen[(pixel.Row - patch.Top) * patch.Width + pixel.Column - patch.Left] += weights[input] / (image.Planes * image.Unit);
        }
        float largest = Math.Max(1e-9f, seen.Max(Math.Abs));
        return new ReportField(column, neuron, neuron >= first.ExcitatoryNeurons, patch.Top, patch.Left, patch.Height, patch.Width, largest,
            [.. seen.Select(weight => (byte)(sbyte)MathF.Round(127 * weight / largest))]);
    }
}
