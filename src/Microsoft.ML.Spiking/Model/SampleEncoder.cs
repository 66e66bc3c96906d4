using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Model;

/// <summary>From a row's features to what the columns are shown of it.</summary>
internal sealed class SampleEncoder(SpikingNetwork network, Standardisation standardisation, ReadOnlyMemory<float> inputScale)
{
    public Standardisation Standardisation => standardisation;

    /// <summary>The code of training.</summary>
    public SpikeCode Code => network.ChosenCode;

    /// <summary>The scale of each input; empty where the code has none.</summary>
    public ReadOnlyMemory<float> InputScale => inputScale;

    /// <summary>Whether the loss's gradient reaches the scale of the inputs; what they are drawn from is kept for it (<see cref="Stimulus.Source"/>).</summary>
    public bool ScaleLearns => network.Layers[0].Learning is Surrogate && !inputScale.IsEmpty;

    /// <summary>
    /// The Poisson code's probabilities of the 256 features that a byte divided by 255 can be; null where they differ from input to input, or the code is
    /// another.
    /// </summary>
    public float[]? LevelProbabilities { get; } = standardisation.IsShared && network.Code is PoissonCode code
        && (inputScale.IsEmpty || inputScale.Span.IndexOfAnyExcept(inputScale.Span[0]) < 0)
        ? [.. Enumerable.Range(0, 256).Select(level => code.Probability((level / 255f - standardisation.Offset[0]) / standardisation.Unit[0],
            inputScale.IsEmpty ? 1 : inputScale.Span[0]))]
        : null;

    /// <summary>The same, with another scale of the inputs.</summary>
    public SampleEncoder With(ReadOnlyMemory<float> otherScale) => new(network, standardisation, otherScale);

    /// <summary>The probability that each input spikes in a training step of a Poisson code, in place.</summary>
    public void Probabilities(Span<float> features)
    {
        standardisation.Apply(features);
        ((PoissonCode)network.ChosenCode).Probabilities(features, inputScale.Span);
    }

    /// <summary>Draws what a row trains with.</summary>
    /// <param name="features">The row's features; overwritten.</param>
    /// <param name="random">The sample's own source of noise.</param>
    /// <param name="stimulus">Receives it.</param>
    public void Train(Span<float> features, CounterRandom random, Stimulus stimulus)
    {
        standardisation.Apply(features);
        if (ScaleLearns) stimulus.Keep(features);
        network.ChosenCode.Encode(features, inputScale.Span, random, stimulus);
    }

    /// <summary>What stands for a row in evaluation.</summary>
    /// <param name="features">The row's features; overwritten.</param>
    /// <param name="stimulus">Receives it.</param>
    public void Evaluate(Span<float> features, Stimulus stimulus)
    {
        standardisation.Apply(features);
        network.EvaluationCode.Encode(network.ChosenCode, features, inputScale.Span, stimulus);
    }

    /// <summary>What stands for the next step of a sequence in evaluation: its part of what stands for the whole.</summary>
    /// <param name="features">The step's features; overwritten.</param>
    /// <param name="progress">The steps before.</param>
    /// <param name="train">Receives it, as a train of a single step.</param>
    public void EvaluateStep(Span<float> features, SequenceProgress progress, SpikeTrain train)
    {
        CounterRandom? seed = network.EvaluationCode.Noise;
        standardisation.Apply(features);
        train.Clear(network.ChosenCode.ShowsGraded(seed));
        network.ChosenCode.ShowStep(features, progress, seed, train);
        train.NextStep();
    }
}
