using System.Numerics;

namespace Microsoft.ML.Spiking.Events;

/// <summary>The spikes of one recording, whose events come in any order: a bit for each unit in each step.</summary>
internal sealed class EventGrid(EventShape shape)
{
    private const int WordBits = 64;

    private readonly ulong[] _words = new ulong[((long)shape.Cells + WordBits - 1) / WordBits];
    private int[] _spikes = [];
    private EventTally _tally;

    public EventCount Count { get; } = new();

    /// <param name="ticks">When, from 0 on.</param>
    /// <param name="unit">Which, below the shape's units.</param>
    public void Add(long ticks, int unit)
    {
        int cell = shape.CellOf(ticks, unit);
        _tally.Take(ticks, late: cell < 0);
        if (cell >= 0) _words[cell / WordBits] |= 1UL << cell % WordBits;
    }

    /// <summary>Ends the recording: the places of its spikes, ascending. They stand until the next recording ends.</summary>
    public ReadOnlySpan<int> Take()
    {
        int count = 0, spikes = 0;
        foreach (ulong word in _words) spikes += BitOperations.PopCount(word);
        if (_spikes.Length < spikes) _spikes = new int[spikes];
        for (int w = 0; w < _words.Length; w++)
        {
            for (ulong word = _words[w]; word != 0; word &= word - 1) _spikes[count++] = w * WordBits + BitOperations.TrailingZeroCount(word);
            _words[w] = 0;
        }
        Count.Add(_tally);
        _tally = default;
        return _spikes.AsSpan(0, count);
    }

    /// <summary>Forgets a recording that could not be read to its end.</summary>
    public void Clear()
    {
        Array.Clear(_words);
        _tally = default;
    }
}
