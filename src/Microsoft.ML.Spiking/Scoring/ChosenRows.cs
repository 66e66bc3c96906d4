namespace Microsoft.ML.Spiking.Scoring;

/// <summary>Some rows of a batch.</summary>
/// <param name="batch">The batch.</param>
/// <param name="rows">Which of it, in what order.</param>
internal sealed class ChosenRows(SampleBatch batch, int[] rows) : SampleBatch
{
    public override void Show(int row, ScoringWorkspace workspace) => batch.Show(rows[row], workspace);
}
