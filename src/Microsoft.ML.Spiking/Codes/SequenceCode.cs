using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>A sequence as it comes: each time step of the row is shown in one time step of the network, by a code for its intensities.</summary>
/// <remarks>
/// The column is [time, inputs], as the bands of a sound or the channels of a sensor are, and brings its own time steps. A direct current becomes graded
/// spikes: an input's value is there in that step alone. A row that is shorter than the column has NaN in all inputs of the steps that it lacks, at its end:
/// those count in nothing, and its spike rates are over its own steps.
/// </remarks>
public sealed record SequenceCode : SpikeCode
{
    /// <summary>
    /// The code of the intensities of a step: <see cref="DirectCode"/>, <see cref="RateCode"/>, <see cref="SigmoidCode"/> (whose scale of the inputs does not
    /// learn here) or <see cref="TopKCode"/> (the largest of each step). Default: direct current of gain 1.
    /// </summary>
    public SpikeCode Step { get; init; } = new DirectCode { Gain = 1 };

    internal override bool IsNoisy => Step.IsNoisy;

    internal override Standardisation Standardise(FeatureStatistics measured, FeatureScaling scaling) => Step.Standardise(measured, scaling);

    internal override InputShape? Shape(InputShape column) => column switch
    {
        { IsSpikeTrain: true } => column,
        { Dimensions: [var steps, var inputs] } => InputShape.Sequence(steps, inputs, channels: inputs),
        _ => null,
    };

    internal override void Encode(Span<float> x, ReadOnlySpan<float> inputScale, CounterRandom noise, Stimulus stimulus)
    {
        SpikeTrain train = stimulus.Fire(graded: Step is DirectCode);
        int inputs = x.Length / train.Steps;
        stimulus.Length = SequenceEnd.Of(x, inputs);
        for (int step = 0; step < stimulus.Length; step++, train.NextStep()) Step.EncodeStep(x.Slice(step * inputs, inputs), noise.For((ulong)step), train);
        train.End();
    }

    internal override void Expect(Span<float> x, ReadOnlySpan<float> inputScale, Stimulus stimulus) => Show(x, seed: null, stimulus);

    /// <summary>Encodes a row as prediction shows it.</summary>
    /// <param name="x">The standardised features; overwritten.</param>
    /// <param name="seed">Source of all rows' noise; null for the mean over all noise.</param>
    /// <param name="stimulus">Receives the code.</param>
    internal void Show(Span<float> x, CounterRandom? seed, Stimulus stimulus)
    {
        SpikeTrain train = stimulus.Fire(ShowsGraded(seed));
        var progress = new SequenceProgress(inputs: 0);
        int inputs = x.Length / train.Steps;
        stimulus.Length = SequenceEnd.Of(x, inputs);
        for (int step = 0; step < stimulus.Length; step++, train.NextStep()) ShowStep(x.Slice(step * inputs, inputs), progress, seed, train);
        train.End();
    }

    internal override void ShowStep(Span<float> x, SequenceProgress progress, CounterRandom? seed, SpikeTrain train)
    {
        if (Step is PoissonCode rate && seed is null) rate.ExpectStep(x, train);
        else Step.EncodeStep(x, IsNoisy ? progress.Noise(seed!.Value, x) : default, train);
        progress.Next();
    }

    internal override bool ShowsGraded(CounterRandom? seed) => Step is DirectCode || Step is PoissonCode && seed is null;

    internal override void Check(string name)
    {
        Require.That(Step is DirectCode or PoissonCode or TopKCode,
            $"{name}.Step is {Step?.GetType().Name ?? "null"}, but a single time step is encoded by a DirectCode, RateCode, SigmoidCode or TopKCode; take one "
            + "of these.");
        Step!.Check($"{name}.{nameof(Step)}");
    }
}
