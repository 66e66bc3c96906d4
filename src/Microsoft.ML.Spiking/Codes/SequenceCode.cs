using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>A sequence as it comes: each time step of the row is shown in one time step of the network, by a code for its intensities.</summary>
/// <remarks>
/// The column is [time, inputs], as the bands of a sound or the channels of a sensor are, and brings its own time steps. A direct current becomes graded
/// spikes: an input's value is there in that step alone.
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
        for (int step = 0; step < train.Steps; step++, train.NextStep()) Step.EncodeStep(x.Slice(step * inputs, inputs), noise.For((ulong)step), train);
    }

    internal override void Expect(Span<float> x, ReadOnlySpan<float> inputScale, Stimulus stimulus)
    {
        if (Step is not PoissonCode rate)
        {
            Encode(x, inputScale, default, stimulus);
            return;
        }
        SpikeTrain train = stimulus.Fire(graded: true);
        int inputs = x.Length / train.Steps;
        for (int step = 0; step < train.Steps; step++, train.NextStep()) rate.ExpectStep(x.Slice(step * inputs, inputs), train);
    }

    internal override void Check(string name)
    {
        Require.That(Step is DirectCode or PoissonCode or TopKCode,
            $"{name}.Step is {Step?.GetType().Name ?? "null"}, but a single time step is encoded by a DirectCode, RateCode, SigmoidCode or TopKCode; take one "
            + "of these.");
        Step!.Check($"{name}.{nameof(Step)}");
    }
}
