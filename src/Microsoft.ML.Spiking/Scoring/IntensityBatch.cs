namespace Microsoft.ML.Spiking;

/// <summary>Rows of intensities.</summary>
/// <param name="features">[row, input].</param>
/// <param name="inputs">Inputs a row.</param>
internal sealed class IntensityBatch(ReadOnlyMemory<float> features, int inputs) : SampleBatch
{
    public override void Show(int row, ScoringWorkspace workspace)
    {
        Span<float> room = workspace.Stimulus.Features(inputs);
        features.Span.Slice(row * inputs, inputs).CopyTo(room);
        workspace.Show(room);
    }
}
