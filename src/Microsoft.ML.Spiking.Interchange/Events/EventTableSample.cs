namespace Microsoft.ML.Spiking.Events;

/// <summary>A recording whose events come one by one, between those of others.</summary>
/// <param name="name">What it is called.</param>
/// <param name="class">Its class's name; empty where it is missing.</param>
internal sealed class EventTableSample(string name, string @class)
{
    private const int LeastRoom = 16;

    private int[] _cells = [];
    private int _filled;
    private EventTally _tally;

    public string Name => name;

    public string Class => @class;

    /// <summary>The places of its spikes, ascending, once it has ended.</summary>
    public ReadOnlySpan<int> Spikes => _cells;

    public void Add(long ticks, int unit, EventShape shape)
    {
        int cell = shape.CellOf(ticks, unit);
        _tally.Take(ticks, late: cell < 0);
        if (cell < 0) return;
        if (_filled == _cells.Length)
        {
            Unite();
            if (_filled * 2L >= _cells.Length) Array.Resize(ref _cells, (int)Math.Clamp(_filled * 2L, LeastRoom, shape.Cells + 1L));
        }
        _cells[_filled++] = cell;
    }

    /// <summary>There are no more events.</summary>
    public void End(EventCount count)
    {
        Unite();
        Array.Resize(ref _cells, _filled);
        count.Add(_tally);
    }

    /// <summary>Sorts the places, and leaves each once.</summary>
    private void Unite()
    {
        Array.Sort(_cells, 0, _filled);
        int distinct = 0;
        for (int i = 0; i < _filled; i++)
            if (distinct == 0 || _cells[distinct - 1] != _cells[i]) _cells[distinct++] = _cells[i];
        _filled = distinct;
    }
}
