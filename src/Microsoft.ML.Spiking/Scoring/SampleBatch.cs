namespace Microsoft.ML.Spiking.Scoring;

/// <summary>Rows to be scored: intensities or spike trains, as the model's input column holds them.</summary>
internal abstract class SampleBatch
{
    /// <summary>Shows the columns a row.</summary>
    public abstract void Show(int row, ScoringWorkspace workspace);
}
