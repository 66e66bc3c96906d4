namespace Microsoft.ML.Spiking.Samples;

/// <summary>
/// From where rows that are not held are read: several places at once, as far apart as they can be, a row from each in turn. So a block has rows from
/// everywhere, however they are sorted.
/// </summary>
/// <param name="rows">Rows.</param>
/// <param name="count">Places; with one, rows come in their order.</param>
internal sealed class RowPlaces(int rows, int count)
{
    /// <summary>Places.</summary>
    public int Count => count;

    /// <summary>The row at a turn of an epoch, from 0.</summary>
    public int Row(int turn) => First(turn % count) + turn / count;

    /// <summary>The first row of a place; of one behind the last, all rows.</summary>
    public int First(int place) => (int)((long)place * (rows / count)) + Math.Min(place, rows % count);

    /// <summary>The row that a place has next before a turn; the first row of the place behind it where it has none left.</summary>
    public int Next(int place, int turn) => Math.Min(First(place) + (turn - place + count - 1) / count, First(place + 1));
}
