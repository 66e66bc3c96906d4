using Microsoft.ML.Spiking.Kernels;

namespace Microsoft.ML.Spiking.Managed;

/// <summary>What a layer did with a batch, and what the loss makes of it.</summary>
/// <param name="Rates">The columns' signed rates, means over the batch, [time, column].</param>
/// <param name="Accumulated">Each neuron's signed spikes, each counted with its column's influence, summed over time as the readout reads them.</param>
/// <param name="Gradient">Receives ∂loss/∂accumulated, in the same order.</param>
internal sealed record LayerActivity(float[] Rates, NeuronSums Accumulated, NeuronSums Gradient)
{
    /// <summary>
    /// What the sums of each sample and window are averaged over, [sample · windows + window], and each sample's own steps, [sample]; null where all are over
    /// all steps.
    /// </summary>
    public (float[] Windows, int[] Samples)? Steps { get; init; }

    /// <summary>Where the readout forgets, what <see cref="Accumulated"/> would be without that, over all of a sample's steps; else null.</summary>
    public NeuronSums? Counted { get; init; }

    /// <summary>Receives ∂loss/∂<see cref="Counted"/>.</summary>
    public NeuronSums? CountedGradient { get; init; }

    /// <summary>The columns' signed rates, [time, sample, column]; null where no rule reads them.</summary>
    public float[]? SampleRates { get; init; }
}
