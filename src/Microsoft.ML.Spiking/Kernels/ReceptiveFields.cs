using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Images;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>What each column sees of an image.</summary>
internal sealed class ReceptiveFields
{
    private readonly ImagePatch[] _patches;
    private readonly bool[][] _seen;

    private ReceptiveFields(ReceptiveField field, int columns, ImageShape image)
    {
        _patches = [.. Enumerable.Range(0, columns).Select(column => field.Of(column, columns, image))];
        _seen = [.. _patches.Select(patch => Enumerable.Range(0, image.Features).Select(input => patch.Contains(image.Pixel(input))).ToArray())];
        FanIn = _seen[0].Count(seen => seen);
    }

    /// <summary>Inputs that a column sees.</summary>
    public int FanIn { get; }

    /// <returns>Null where every column sees all inputs.</returns>
    /// <exception cref="ArgumentException">The patches do not fit the image, or do not cover it.</exception>
    public static ReceptiveFields? Of(Layer first, InputShape input)
    {
        if (first is not ColumnLayer { ReceptiveField: { } field } layer) return null;
        ImageShape image = input.Image
            ?? throw Trouble.Fit.Argument($"ReceptiveField is on, but the input, [{string.Join(", ", input.Dimensions)}], is no image; "
                + "give the column dimensions [height, width], or set ReceptiveField to null.");
        return field.Fault(layer.Columns, image) is { } fault
            ? throw Trouble.Fit.Argument(fault)
            : new ReceptiveFields(field, layer.Columns, image);
    }

    public ImagePatch this[int column] => _patches[column];

    public bool Sees(int column, int input) => _seen[column][input];

    /// <summary>From the first to the last input that any of a panel's columns sees.</summary>
    /// <param name="panel">Which 64 lanes.</param>
    /// <param name="lanes">Where the neurons are.</param>
    public InputRange Inputs(int panel, Lanes lanes)
    {
        bool[][] seen = [.. lanes.Shares.Where(share => share.Panel == panel).Select(share => _seen[share.Column])];
        return new InputRange(seen.Min(inputs => Array.IndexOf(inputs, true)), seen.Max(inputs => Array.LastIndexOf(inputs, true)) + 1);
    }

    /// <summary>Zeroes what a column's neurons have of inputs that it does not see.</summary>
    /// <param name="panel">Which 64 lanes.</param>
    /// <param name="lanes">Where the neurons are.</param>
    /// <param name="values">[input, lane].</param>
    public void Clear(int panel, Lanes lanes, Span<float> values)
    {
        const int WordsPerPanel = Lanes.Panel / Lanes.Word;
        for (int word = 0; word < WordsPerPanel; word++)
        {
            int column = lanes.ColumnOf(panel * WordsPerPanel + word);
            if (column >= lanes.Columns) return;   // padding
            bool[] seen = _seen[column];
            for (int input = 0, at = word * Lanes.Word; at < values.Length; input++, at += Lanes.Panel)
                if (!seen[input]) values.Slice(at, Lanes.Word).Clear();
        }
    }
}
