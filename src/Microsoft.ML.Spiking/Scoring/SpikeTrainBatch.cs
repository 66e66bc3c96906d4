namespace Microsoft.ML.Spiking;

/// <summary>Rows of spike trains.</summary>
internal sealed class SpikeTrainBatch(Stimulus[] trains) : SampleBatch
{
    public override void Show(int row, ScoringWorkspace workspace) => workspace.Show(trains[row]);
}
