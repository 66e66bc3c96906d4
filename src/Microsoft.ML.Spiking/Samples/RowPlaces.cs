namespace Microsoft.ML.Spiking.Samples;

/// <summary>
/// From where rows that are not held are read: several places at once, as far apart as they can be, a row from each in turn. So a block has rows from
/// everywhere, however they are sorted.
/// </summary>
/// <remarks>
/// Rows are a ring, on which places follow on each other. In each epoch a place begins where it ended in the epoch before, or one row on: who reads it just
/// reads on, and need not look for its rows again.
/// </remarks>
internal sealed class RowPlaces
{
    private readonly int _rows, _shares;
    private readonly int[] _first;

    /// <param name="rows">Rows.</param>
    /// <param name="count">Places; with one, rows come in their order.</param>
    /// <param name="shares">Turn t is of share t mod so many, which divide the places: each share has some that follow on each other.</param>
    public RowPlaces(int rows, int count, int shares = 1)
    {
        (_rows, Count, _shares) = (rows, count, shares);
        _first = new int[count + 1];
        for (int place = 0; place < count; place++) _first[place + 1] = _first[place] + rows / count + (Round(place) < rows % count ? 1 : 0);
    }

    /// <summary>Places.</summary>
    public int Count { get; }

    /// <summary>The place that has a turn.</summary>
    public int Of(int turn) => turn % _shares * (Count / _shares) + turn / _shares % (Count / _shares);

    /// <summary>The row at a turn, from 0, of an epoch, from 1.</summary>
    public int Row(int epoch, int turn) => Row(epoch, _first[Of(turn)] + turn / (long)Count);

    /// <summary>The row that a place has next before a turn; the one that follows on its last where it has none left.</summary>
    public int Next(int epoch, int place, int turn)
        => Row(epoch, Math.Min(_first[place] + (turn - Round(place) + Count - 1L) / Count, _first[place + 1]));

    /// <summary>Which of the turns that all places have once a place has.</summary>
    private int Round(int place) => place % (Count / _shares) * _shares + place / (Count / _shares);

    private int Row(int epoch, long behind) => (int)((behind + (epoch - 1L) * ((_rows + (long)Count - 1) / Count)) % _rows);
}
