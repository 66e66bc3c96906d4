namespace Microsoft.ML.Spiking;

/// <summary>From a row's features to the spike probabilities of the inputs, and to what evaluation shows instead of spikes.</summary>
internal sealed class SampleEncoder(SpikingNetworkOptions options, Standardisation standardisation, ReadOnlyMemory<float> inputScale)
{
    public Standardisation Standardisation => standardisation;

    /// <summary>The probabilities of the 256 features that a byte divided by 255 can be; null where they differ from input to input.</summary>
    public float[]? LevelProbabilities { get; } = inputScale.IsEmpty || inputScale.Span.IndexOfAnyExcept(inputScale.Span[0]) < 0
        ? [.. Enumerable.Range(0, 256).Select(level => options.Code.Probability(standardisation.Apply(level / 255f), inputScale.IsEmpty ? 1 : inputScale.Span[0]))]
        : null;

    /// <summary>The probability that each input spikes in a training step.</summary>
    public void Probabilities(ReadOnlySpan<float> features, Span<float> probabilities)
    {
        ReadOnlySpan<float> scale = inputScale.Span;
        for (int i = 0; i < features.Length; i++)
            probabilities[i] = options.Code.Probability(standardisation.Apply(features[i]), scale.IsEmpty ? 1 : scale[i]);
    }

    /// <summary>Draws what a row trains with.</summary>
    /// <param name="features">The row's features; overwritten.</param>
    /// <param name="random">The sample's own source of noise.</param>
    /// <param name="stimulus">Receives it.</param>
    public void Train(Span<float> features, CounterRandom random, Stimulus stimulus)
    {
        Probabilities(features, features);
        PoissonSampler.Draw(features, random, stimulus.Fire());
    }

    /// <summary>What stands for a row in evaluation.</summary>
    /// <param name="features">The row's features; overwritten.</param>
    /// <param name="stimulus">Receives it.</param>
    public void Evaluate(Span<float> features, Stimulus stimulus)
    {
        Probabilities(features, features);
        options.Evaluation.Encode(features);
        stimulus.Hold(features);
    }
}
