using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Competition;

/// <summary>From a row's features to the spikes that the layer is shown.</summary>
internal sealed class CompetitiveEncoder(WinnerTakeAllNetwork network, Standardisation standardisation)
{
    private readonly RateCode _code = new() { MaximumProbability = network.MaximumProbability };

    /// <summary>Draws a row's spikes.</summary>
    /// <param name="features">The row's features; overwritten.</param>
    /// <param name="random">The row's own source of noise.</param>
    /// <param name="train">Receives them.</param>
    public void Draw(Span<float> features, CounterRandom random, SpikeTrain train)
    {
        standardisation.Apply(features);
        _code.Probabilities(features, []);
        PoissonSampler.Draw(features, random, train);
    }

    /// <summary>The sum of a row's intensities, each 0 to 1.</summary>
    /// <param name="features">The row's features; overwritten.</param>
    public double Intensity(Span<float> features)
    {
        standardisation.Apply(features);
        double sum = 0;
        foreach (float x in features) sum += Math.Clamp(x, 0, 1);
        return sum;
    }
}
