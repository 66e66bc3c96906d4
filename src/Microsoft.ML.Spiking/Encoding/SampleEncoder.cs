namespace Microsoft.ML.Spiking;

/// <summary>From a row's features to what the columns are shown of it.</summary>
internal sealed class SampleEncoder(SpikingNetworkOptions options, Standardisation standardisation, ReadOnlyMemory<float> inputScale)
{
    public Standardisation Standardisation => standardisation;

    /// <summary>Draws what a row trains with.</summary>
    /// <param name="features">The row's features; overwritten.</param>
    /// <param name="random">The sample's own source of noise.</param>
    /// <param name="stimulus">Receives it.</param>
    public void Train(Span<float> features, CounterRandom random, Stimulus stimulus)
    {
        Standardise(features);
        options.Code.Encode(features, inputScale.Span, random, stimulus);
    }

    /// <summary>What stands for a row in evaluation.</summary>
    /// <param name="features">The row's features; overwritten.</param>
    /// <param name="stimulus">Receives it.</param>
    public void Evaluate(Span<float> features, Stimulus stimulus)
    {
        Standardise(features);
        options.Evaluation.Encode(options.Code, features, inputScale.Span, stimulus);
    }

    private void Standardise(Span<float> features)
    {
        foreach (ref float x in features) x = standardisation.Apply(x);
    }
}
