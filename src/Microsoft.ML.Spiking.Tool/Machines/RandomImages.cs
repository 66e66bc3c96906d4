namespace Microsoft.ML.Spiking.Tool;

/// <summary>Images of noise, a fifth of whose pixels are lit, as in MNIST: to see how fast, not how well.</summary>
internal static class RandomImages
{
    private const double Lit = 0.2;

    public static IDataView Load(MLContext ml, int rows, ImageSize size, int classes)
        => ml.Data.LoadFromEnumerable(Draw(rows, size, classes), ImageRow.Schema(size, [.. Enumerable.Range(0, classes).Select(c => $"{c}")]));

    public static ImageRow[] Draw(int rows, ImageSize size, int classes)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, rows).Select(row => new ImageRow
        {
            Label = (uint)(row % classes),
            Features = [.. Enumerable.Range(0, size.Pixels).Select(_ => random.NextDouble() < Lit ? random.NextSingle() : 0)],
        })];
    }
}
