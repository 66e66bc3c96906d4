using System.Collections.Immutable;
using Microsoft.ML.Spiking.Codes;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>What a layer's synapses receive of its inputs, where they have delays: an input arrives once for each of them.</summary>
/// <remarks>
/// Synapse k · inputs + i receives at step t what input i showed at step t - delay[k], and nothing before. What would arrive after the last step is lost.
/// </remarks>
internal sealed class DelayLine
{
    private readonly ImmutableArray<int> _delays;
    private readonly int _inputs, _steps;

    private DelayLine(ImmutableArray<int> delays, int inputs, int steps) => (_delays, _inputs, _steps) = (delays, inputs, steps);

    /// <param name="layer">The layer.</param>
    /// <param name="synapses">Synapses of each of its neurons.</param>
    /// <param name="steps">Time steps.</param>
    /// <returns>Null where all inputs arrive when they come.</returns>
    public static DelayLine? Of(Layer layer, int synapses, int steps)
        => layer.HasDelays ? new DelayLine(layer.Delays, synapses / layer.Delays.Length, steps) : null;

    /// <summary>Delays a sample.</summary>
    /// <param name="shown">What the inputs show.</param>
    /// <param name="received">Receives what arrives.</param>
    public void Delay(Stimulus shown, Stimulus received)
    {
        SpikeTrain train = received.Fire(graded: shown.IsConstant || shown.Train.IsGraded);
        received.Length = shown.Length;
        for (int step = 0; step < shown.Length; step++, train.NextStep())
            for (int k = 0; k < _delays.Length && _delays[k] <= step; k++) Add(shown, step - _delays[k], k * _inputs, train);
        train.End();
    }

    /// <summary>Steps that must be remembered for what arrives in one: up to the longest delay, and that step itself.</summary>
    public int Memory => Math.Min(_delays[^1], _steps - 1) + 1;

    /// <summary>Delays a sample that comes step by step.</summary>
    /// <param name="step">The step that has come.</param>
    /// <param name="shown">What the inputs showed in the last steps, <see cref="Memory"/> trains of a single step: step t is t modulo their number.</param>
    /// <param name="received">Receives what arrives in that step.</param>
    public void Delay(int step, ReadOnlySpan<SpikeTrain> shown, SpikeTrain received)
    {
        received.Clear(shown[step % shown.Length].IsGraded);
        for (int k = 0; k < _delays.Length && _delays[k] <= step; k++) Add(shown[(step - _delays[k]) % shown.Length], 0, k * _inputs, received);
        received.NextStep();
    }

    /// <summary>From the gradient by what arrives to that by what the inputs showed.</summary>
    /// <param name="received">[step, synapse].</param>
    /// <param name="shown">Receives [step, input].</param>
    public void Backward(ReadOnlySpan<float> received, Span<float> shown)
    {
        shown.Clear();
        int synapses = _delays.Length * _inputs;
        for (int k = 0; k < _delays.Length; k++)
            for (int step = _delays[k]; step < _steps; step++)
                Elementwise.Add(received.Slice(step * synapses + k * _inputs, _inputs), shown.Slice((step - _delays[k]) * _inputs, _inputs));
    }

    private static void Add(Stimulus shown, int step, int first, SpikeTrain train)
    {
        if (shown.IsConstant) Add(shown.Inputs, shown.Values, first, train);
        else Add(shown.Train, step, first, train);
    }

    private static void Add(SpikeTrain shown, int step, int first, SpikeTrain train)
    {
        if (shown.IsGraded)
        {
            Add(shown[step], shown.Values(step), first, train);
            return;
        }
        foreach (int input in shown[step]) train.Add(first + input);
    }

    private static void Add(ReadOnlySpan<int> inputs, ReadOnlySpan<float> values, int first, SpikeTrain train)
    {
        for (int i = 0; i < inputs.Length; i++) train.Add(first + inputs[i], values[i]);
    }
}
