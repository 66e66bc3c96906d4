using CsvHelper;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>A line of a table; it holds until the next is read.</summary>
/// <param name="index">Its place among the table's lines, from 0.</param>
/// <param name="cells">The reader, which stands at it.</param>
internal readonly struct CsvLine(int index, CsvParser cells)
{
    public bool IsFirst => index == 0;

    /// <summary>The line of the file that it ends in, from 1.</summary>
    public int Number => cells.RawRow;

    public int Count => cells.Count;

    /// <summary>A cell, without blanks around it and the quotes that it may stand in.</summary>
    public string this[int column] => cells[column];

    public string[] ToArray() => cells.Record!;
}
