using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Codes;

/// <summary>What a code must know of a sequence's earlier steps to show the next.</summary>
/// <param name="inputs">Inputs of a step.</param>
internal sealed class SequenceProgress(int inputs)
{
    /// <summary>Steps so far.</summary>
    public int Steps { get; private set; }

    /// <summary>The hash of all values so far.</summary>
    public CounterRandom Row { get; private set; }

    /// <summary>What each input was when it last spiked, of a code of changes.</summary>
    public float[] Last { get; } = new float[inputs];

    /// <summary>Begins a sequence.</summary>
    public void Reset() => (Steps, Row) = (0, default);

    /// <summary>Another step has been shown.</summary>
    public void Next() => Steps++;

    /// <summary>The source of a step's noise: of the sequence up to it, since nobody knows more of one that is still coming.</summary>
    /// <param name="seed">Source of all sequences' noise.</param>
    /// <param name="x">The step.</param>
    public CounterRandom Noise(CounterRandom seed, ReadOnlySpan<float> x)
    {
        Row = Row.With(x, Steps * x.Length);
        return seed.For(Row.Key).For((ulong)Steps);
    }
}
