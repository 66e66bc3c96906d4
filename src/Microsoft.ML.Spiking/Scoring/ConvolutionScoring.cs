using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Kernels;

namespace Microsoft.ML.Spiking.Scoring;

/// <summary>A convolution layer as scoring runs it.</summary>
/// <param name="simulation">The layer's neurons.</param>
/// <param name="isRead">Whether the readout reads it.</param>
internal sealed class ConvolutionScoring(ConvolutionSimulation simulation, bool isRead) : ScoringLayer(simulation.Shape, isRead)
{
    /// <summary>The layer's neurons.</summary>
    public ConvolutionSimulation Simulation => simulation;

    public override LayerRun Run(int steps, bool keep) => new ConvolutionRun(this, steps, keep);

    public override LayerSteps Session(int inputs, int steps) => throw Trouble.Fit.InvalidOperation(
        "The network has a ConvolutionLayer, which takes the steps of a sequence all at once; score whole sequences, or train columns alone.");
}
