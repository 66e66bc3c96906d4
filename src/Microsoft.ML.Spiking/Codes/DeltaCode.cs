using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>Changes of a sequence: an input spikes when its value has risen, or has fallen, by <see cref="Threshold"/> since its last spike.</summary>
/// <remarks>
/// <para>Send on delta, as the pixels of an event camera do (Lichtsteiner, Posch and Delbruck 2008):
/// <code>
/// rise = x[t] - last ≥ Threshold;  fall = last - x[t] ≥ Threshold;  last ← x[t] where it spiked
/// </code>
/// and last starts as x[0], so that nothing spikes in the first step.</para>
/// <para>The column is [time, inputs] and brings its own time steps. The columns get two channels for each input i: 2i spikes when it rose, 2i + 1 when it
/// fell. A row that is shorter than the column has NaN in the steps that it lacks, as of a <see cref="SequenceCode"/>.</para>
/// </remarks>
public sealed record DeltaCode : SpikeCode
{
    /// <summary>
    /// The change that makes a spike, in units of the input's own changes: the root mean square, over the training data, of what it changes by from one time
    /// step to the next. Default 0.5. Under <see cref="FeatureScaling.Shared"/> all inputs have the unit of all their changes, and under
    /// <see cref="FeatureScaling.None"/> it is 1.
    /// </summary>
    public double Threshold { get; init; } = 0.5;

    internal override Standardisation Standardise(FeatureStatistics measured, FeatureScaling scaling) => scaling switch
    {
        FeatureScaling.None => Standardisation.None,
        FeatureScaling.Shared => new(0, measured.All.Change > 0 ? (float)measured.All.Change : 1),
        _ => Standardisation.Of(measured.Inputs, range => range.Mean, range => range.Change),
    };

    internal override InputShape? Shape(InputShape column) => column switch
    {
        { IsSpikeTrain: true } => column,
        { Dimensions: [var steps, var inputs] } => InputShape.Sequence(steps, inputs, channels: 2 * inputs),
        _ => null,
    };

    internal override void Encode(Span<float> x, ReadOnlySpan<float> inputScale, CounterRandom noise, Stimulus stimulus)
    {
        SpikeTrain train = stimulus.Fire();
        int inputs = x.Length / train.Steps;
        var progress = new SequenceProgress(inputs);
        stimulus.Length = SequenceEnd.Of(x, inputs);
        for (int step = 0; step < stimulus.Length; step++, train.NextStep()) ShowStep(x.Slice(step * inputs, inputs), progress, seed: null, train);
        train.End();
    }

    internal override void ShowStep(Span<float> x, SequenceProgress progress, CounterRandom? seed, SpikeTrain train)
    {
        Span<float> last = progress.Last;
        if (progress.Steps == 0) x.CopyTo(last);
        for (int i = 0; i < x.Length; i++)
        {
            float change = x[i] - last[i];
            if (!(MathF.Abs(change) >= (float)Threshold)) continue;
            train.Add(change > 0 ? 2 * i : 2 * i + 1);
            last[i] = x[i];
        }
        progress.Next();
    }

    internal override void Check(string name) => Require.Positive(Threshold, $"{name}.Threshold");
}
