namespace Microsoft.ML.Spiking.Ground;

/// <summary>The numbers of a <see cref="CounterRandom"/> one after the other, for work that is done in one order anyway.</summary>
internal sealed class RandomStream(CounterRandom source)
{
    private ulong _counter;

    public double Uniform() => source.Uniform(_counter++);

    /// <summary>Uniform among 0 … limit - 1.</summary>
    public int Below(int limit) => (int)(source.Draw(_counter++) * (ulong)limit >> 32);

    /// <summary>Puts the items into a random order (Fisher and Yates).</summary>
    public void Shuffle(Span<int> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
