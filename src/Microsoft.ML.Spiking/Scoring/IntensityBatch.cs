namespace Microsoft.ML.Spiking.Scoring;

/// <summary>Rows of intensities.</summary>
/// <param name="features">[row, feature].</param>
/// <param name="width">Features a row.</param>
internal sealed class IntensityBatch(ReadOnlyMemory<float> features, int width) : SampleBatch
{
    public override void Show(int row, ScoringWorkspace workspace)
    {
        Span<float> room = workspace.Stimulus.Features(width);
        features.Span.Slice(row * width, width).CopyTo(room);
        workspace.Show(room);
    }
}
