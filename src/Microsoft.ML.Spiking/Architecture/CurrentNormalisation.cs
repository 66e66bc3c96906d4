using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>
/// Batch normalisation of the currents that a layer's neurons receive of its inputs (Ioffe and Szegedy 2015; over time as well, Zheng et al. 2021).
/// </summary>
/// <remarks>
/// In training each neuron's input current x is measured against all rows and time steps of the batch,
/// <code>
/// current = scale · (x - mean) / √(variance + 1e-5) + shift
/// </code>
/// where scale and shift learn, one of each a neuron. In a <see cref="ConvolutionLayer"/> a channel's neurons have all of it in common, and are measured over
/// its places as well. Afterwards the mean and variance are those of the last batches, and all of it goes into the weights and a constant current of each
/// neuron or channel, <see cref="TrainedLayer.Biases"/>, so that a trained network costs no more than one without. What the weights start as hardly matters
/// any more, and nor does the layer's gain.
/// </remarks>
public sealed record CurrentNormalisation
{
    /// <summary>What a neuron's scale starts as: the standard deviation of its input current. Default 1.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>A batch's share of the running mean and variance, once there are so many batches that it is more than an equal share. Default 0.1.</summary>
    public double Momentum { get; init; } = 0.1;

    internal void Check(string name, ColumnLearning learning)
    {
        Require.Positive(Scale, $"{name}Normalisation.{nameof(Scale)}");
        Require.Positive(Momentum, $"{name}Normalisation.{nameof(Momentum)}", most: 1);
        Require.That(learning is Surrogate,
            $"{name}Normalisation is on but {name}Learning is {learning.GetType().Name}, and weights that do not learn are not normalised; "
            + "turn it off, or let them learn by new Surrogate().");
    }
}
