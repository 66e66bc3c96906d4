using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>What a <see cref="PoissonEncodingTransformer"/> does.</summary>
/// <param name="OutputColumnName">The spike trains, Vector&lt;Boolean, [time, inputs]&gt;.</param>
/// <param name="InputColumnName">The intensities, Vector&lt;Single&gt;.</param>
/// <param name="TimeSteps">Time steps of a train, at most 10,000.</param>
/// <param name="MaximumProbability">Probability of a spike in a time step at intensity 1, 0 to 1.</param>
/// <param name="Seed">Seed of the noise.</param>
/// <param name="Scaling">Which features share a scale on their way to intensities from 0 to 1.</param>
public sealed record PoissonEncoding(string OutputColumnName, string InputColumnName, int TimeSteps, double MaximumProbability, int Seed,
    FeatureScaling Scaling = FeatureScaling.Auto)
{
    // A train of more is no row of data; and a file that names a billion must not cost one.
    private const int MostTimeSteps = 10_000;

    internal void Check()
    {
        Require.That(!string.IsNullOrWhiteSpace(OutputColumnName) && !string.IsNullOrWhiteSpace(InputColumnName),
            "A column's name of the Poisson encoding is empty.");
        Require.Positive(TimeSteps, nameof(TimeSteps), MostTimeSteps);
        Require.Fraction(MaximumProbability, nameof(MaximumProbability));
        Require.That(Enum.IsDefined(Scaling), $"Scaling is {Scaling}, but it must be Auto, Shared, PerInput or None.");
    }
}
