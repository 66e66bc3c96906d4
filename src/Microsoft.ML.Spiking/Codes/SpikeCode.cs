using System.Text.Json.Serialization;
using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>How intensities are shown to the columns over time: as spikes, or as a current that stays the same.</summary>
/// <remarks>
/// A closed family, since it is stored in models: <see cref="RateCode"/> and <see cref="SigmoidCode"/>, with noise, and <see cref="DirectCode"/>,
/// <see cref="LatencyCode"/>, <see cref="DeltaCode"/> and <see cref="TopKCode"/>, without; and <see cref="SequenceCode"/>, which shows each step of a sequence
/// by one of the others.
/// </remarks>
[JsonDerivedType(typeof(RateCode), "rate")]
[JsonDerivedType(typeof(SigmoidCode), "sigmoid")]
[JsonDerivedType(typeof(DirectCode), "direct")]
[JsonDerivedType(typeof(LatencyCode), "latency")]
[JsonDerivedType(typeof(DeltaCode), "delta")]
[JsonDerivedType(typeof(TopKCode), "top-k")]
[JsonDerivedType(typeof(SequenceCode), "sequence")]
public abstract record SpikeCode
{
    private protected SpikeCode() { }

    /// <summary>Whether what is shown of a row is drawn.</summary>
    internal virtual bool IsNoisy => false;

    /// <summary>What is taken off the features and what they are divided by before they are encoded; of most codes, what makes them 0 to 1.</summary>
    /// <param name="measured">Of the training data.</param>
    /// <param name="scaling">Not <see cref="FeatureScaling.Auto"/>.</param>
    internal virtual Standardisation Standardise(FeatureStatistics measured, FeatureScaling scaling) => Standardisation.ToIntensities(measured, scaling);

    /// <summary>The initial scale of each input; null where the code has none.</summary>
    internal virtual double? InitialInputScale => null;

    /// <summary>The initial scales of so many inputs, [input]; empty where the code has none.</summary>
    internal float[] InitialInputScales(int inputs) => InitialInputScale is { } scale ? [.. Enumerable.Repeat((float)scale, inputs)] : [];

    /// <summary>What the columns are shown of an input column; null where the code cannot read such a column.</summary>
    internal virtual InputShape? Shape(InputShape column) => column;

    /// <summary>Encodes a row as training shows it.</summary>
    /// <param name="x">The standardised features; overwritten.</param>
    /// <param name="inputScale">The scale of each input; empty where the code has none.</param>
    /// <param name="noise">The sample's own source of noise.</param>
    /// <param name="stimulus">Receives the code.</param>
    internal abstract void Encode(Span<float> x, ReadOnlySpan<float> inputScale, CounterRandom noise, Stimulus stimulus);

    /// <summary>Encodes a row as the mean over all noise; of a code without noise, the code itself.</summary>
    /// <param name="x">The standardised features; overwritten.</param>
    /// <param name="inputScale">The scale of each input; empty where the code has none.</param>
    /// <param name="stimulus">Receives the mean.</param>
    internal virtual void Expect(Span<float> x, ReadOnlySpan<float> inputScale, Stimulus stimulus) => Encode(x, inputScale, default, stimulus);

    /// <summary>Adds a single time step of a sequence to a train, which is graded where the code is direct.</summary>
    /// <param name="x">The step's standardised features; overwritten.</param>
    /// <param name="noise">The step's own source of noise.</param>
    /// <param name="train">Receives what the step shows.</param>
    internal virtual void EncodeStep(Span<float> x, CounterRandom noise, SpikeTrain train)
        => throw new NotSupportedException($"{GetType().Name} does not encode single time steps.");

    /// <summary>Adds the next step of a sequence to a train, as prediction shows it.</summary>
    /// <param name="x">The step's standardised features; overwritten.</param>
    /// <param name="progress">The steps before, of which it becomes one.</param>
    /// <param name="seed">Source of all sequences' noise; null where the mean over all noise is shown.</param>
    /// <param name="train">Receives what the step shows.</param>
    internal virtual void ShowStep(Span<float> x, SequenceProgress progress, CounterRandom? seed, SpikeTrain train)
        => throw new NotSupportedException($"{GetType().Name} shows no sequences.");

    /// <summary>Whether what <see cref="ShowStep"/> adds has values.</summary>
    internal virtual bool ShowsGraded(CounterRandom? seed) => false;

    internal abstract void Check(string name);
}
