using System.Globalization;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>What a column of a table holds, once every line is read.</summary>
/// <param name="collects">Whether its texts are kept: it may be the label.</param>
/// <param name="isLabel">Whether it is the label: then all of them are kept, however many there are.</param>
internal sealed class CsvColumn(bool collects, bool isLabel = false)
{
    // A column of more words is none of classes, and a file of any length is read in the memory that it has.
    private const int MostTexts = 1 << 16;

    // Fewer rows may count by chance.
    private const int LeastRows = 5;

    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);
    private long _numbers, _unread, _words, _missing;
    private double _last;
    private bool _counts = true, _whole = true;

    /// <summary>Its texts, where they are kept, each once; missing ones are none, and neither are their marks in a column of numbers.</summary>
    public IEnumerable<string> Texts => IsNumeric ? _texts.Where(text => !Cell.IsMissing(text)) : _texts.Where(text => text.Length > 0);

    /// <summary>The first word, and its line; null where there is none.</summary>
    public (string Cell, int Line)? FirstWord { get; private set; }

    /// <summary>The first number that is not read (<see cref="Cell.IsUnread"/>), and its line; null where there is none.</summary>
    public (string Cell, int Line)? FirstUnread { get; private set; }

    public bool IsNumeric => _numbers > 0 && _words == 0 && _unread == 0;

    /// <summary>Numbers, of which some are not read: no column of words.</summary>
    public bool HasUnread => _unread > 0 && _words == 0;

    /// <summary>Whether it is a column of numbers with cells that lack one.</summary>
    public bool HasGaps => IsNumeric && _missing > 0;

    public bool IsEmpty => _numbers == 0 && _unread == 0 && _words == 0;

    /// <summary>Numbers but for a few words.</summary>
    public bool IsNearlyNumeric => _words > 0 && _words * 10 <= _numbers;

    /// <summary>Words that come again, as a class's name does; hardly any row has one of its own.</summary>
    public bool AreClasses
        => collects && !IsCrowded && _words > 0 && !IsNearlyNumeric && _unread == 0 && (_words < 2 * LeastRows || 2 * _texts.Count <= _words);

    /// <summary>Whether it has more texts than are kept: the rows' names, say, and no classes.</summary>
    public bool IsCrowded => !isLabel && _texts.Count > MostTexts;

    /// <summary>Whether all are whole numbers.</summary>
    public bool IsWhole => IsNumeric && _whole;

    /// <summary>Whether each is the one before and 1 more: the rows' numbers.</summary>
    public bool CountsRows => IsNumeric && _counts && _numbers >= LeastRows;

    public void Take(string cell, int line)
    {
        if (collects && !IsCrowded) _texts.Add(cell);
        if (Cell.TryRead(cell, out float number))
        {
            // Beyond 2^24 a float does not count.
            double exact = number < 1 << 24 ? number : double.Parse(cell, NumberStyles.Float, CultureInfo.InvariantCulture);
            _counts &= _numbers == 0 || exact == _last + 1;
            _whole &= number == MathF.Floor(number);
            _last = exact;
            _numbers++;
        }
        else if (Cell.IsMissing(cell))
        {
            _counts = false;
            _missing++;
        }
        else if (Cell.IsUnread(cell))
        {
            FirstUnread ??= (cell, line);
            _unread++;
        }
        else
        {
            FirstWord ??= (cell, line);
            _words++;
        }
    }
}
