namespace Microsoft.ML.Spiking;

/// <summary>Every sample that is shown somewhere: its picture, its class and the network's answer.</summary>
/// <param name="Kind">What a sample is: "image", "train" (of spikes), "sequence" or "vector".</param>
/// <param name="Height">Rows of a picture.</param>
/// <param name="Width">Columns of a picture.</param>
/// <param name="Channels">1, or 3 of a colour image.</param>
/// <param name="All">The samples.</param>
internal sealed record ReportSamples(string Kind, int Height, int Width, int Channels, IReadOnlyList<ReportSample> All)
{
    public static ReportSamples Of(InputShape input, IReadOnlyList<ScoredSample> samples)
    {
        var picture = new SamplePicture(input);
        float lowest = Math.Min(0, samples.Min(sample => sample.Features.Min())), highest = samples.Max(sample => sample.Features.Max());
        if (lowest == 0) highest = highest <= 1 ? 1 : highest <= 255 ? Math.Max(highest, 1) : highest;
        return new ReportSamples(picture.Kind, picture.Height, picture.Width, picture.Channels,
            [.. samples.Select(sample => new ReportSample(sample.Row, sample.Truth, sample.Guess, MathF.Round(sample.Confidence, 4),
                picture.Draw(sample.Features, lowest, highest)))]);
    }
}
