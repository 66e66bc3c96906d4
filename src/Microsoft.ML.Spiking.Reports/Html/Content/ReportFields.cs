namespace Microsoft.ML.Spiking;

/// <summary>The input weights of neurons, as images.</summary>
/// <param name="Height">Rows of the whole image.</param>
/// <param name="Width">Columns of the whole image.</param>
/// <param name="Neurons">Some neurons of every column, or of as many columns as there is room for.</param>
internal sealed record ReportFields(int Height, int Width, IReadOnlyList<ReportField> Neurons)
{
    private const int LargestSide = 64;

    /// <returns>Null where the first layer is none of columns, or the input is no image, or one too large for small pictures.</returns>
    public static ReportFields? Of(SpikingModel model, SpikingReportOptions options)
    {
        if (model.Network.Layers[0] is not ColumnLayer first || model.Input.Image is not { Height: <= LargestSide, Width: <= LargestSide } image) return null;
        int columns = Math.Min(first.Columns, options.ReceptiveFields);
        int each = Math.Clamp(options.ReceptiveFields / columns, 1, first.NeuronsPerColumn);
        // As many inhibitory ones among them as there are in the layer, and spread over it.
        int[] neurons = [.. Enumerable.Range(0, each).Select(i => (2 * i + 1) * first.NeuronsPerColumn / (2 * each))];
        int[] shown = [.. Enumerable.Range(0, columns).Select(i => i * first.Columns / columns)];
        return new ReportFields(image.Height, image.Width,
            [.. shown.SelectMany(column => neurons.Select(neuron => ReportField.Of(model, first, image, column, neuron)))]);
    }
}
