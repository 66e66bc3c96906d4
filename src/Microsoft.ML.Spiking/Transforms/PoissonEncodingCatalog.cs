using Microsoft.ML.Runtime;
using Microsoft.ML.Spiking;

namespace Microsoft.ML;

/// <summary>Spike encoders in <c>ml.Transforms</c>.</summary>
public static class PoissonEncodingCatalog
{
    /// <summary>
    /// Turns numbers into Poisson spike trains, for looking at, for plotting, or for any trainer that reads them. They are scaled to intensities from 0 to 1
    /// first, by what is measured on the data that it is fitted to, as <see cref="SpikingNetwork.Scaling"/> of the trainer does.
    /// </summary>
    /// <param name="catalog">ml.Transforms.</param>
    /// <param name="outputColumnName">The spike trains, a sparse Vector&lt;Boolean, [time, inputs]&gt;.</param>
    /// <param name="inputColumnName">The numbers, Vector&lt;Single&gt; of a known size; null for the output column's name.</param>
    /// <param name="timeSteps">Time steps of a train.</param>
    /// <param name="maximumProbability">Probability of a spike in a time step at intensity 1, 0 to 1.</param>
    /// <param name="seed">Seed of the noise; null for the MLContext's, or a random one if it has none.</param>
    /// <param name="scaling">Which features share a scale; <see cref="FeatureScaling.None"/> for features that are intensities from 0 to 1 as they are.</param>
    /// <exception cref="ArgumentException">A name is empty, or a number out of its range.</exception>
    public static PoissonEncodingEstimator PoissonEncoding(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null,
        int timeSteps = 50, double maximumProbability = 0.5, int? seed = null, FeatureScaling scaling = FeatureScaling.Auto)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        IHostEnvironment env = MLNet.Environment(catalog);
        int chosen = seed ?? MLNet.Seed(env) ?? env.Register(nameof(PoissonEncoding)).Rand.Next();
        return new PoissonEncodingEstimator(env,
            new PoissonEncoding(outputColumnName, inputColumnName ?? outputColumnName, timeSteps, maximumProbability, chosen, scaling));
    }
}
