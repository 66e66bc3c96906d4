using Microsoft.ML.Spiking.Codes;

namespace Microsoft.ML.Spiking.Scoring;

/// <summary>Rows of spike trains.</summary>
internal sealed class SpikeTrainBatch(Stimulus[] trains) : SampleBatch
{
    public override void Show(int row, ScoringWorkspace workspace) => workspace.Show(trains[row]);
}
