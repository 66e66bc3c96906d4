using System.Globalization;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>What the first lines of a text file say of its columns.</summary>
/// <param name="HasHeader">Whether the first line names the columns.</param>
/// <param name="Names">The columns' names; their numbers where there is no header.</param>
/// <param name="Numeric">Whether each column holds numbers.</param>
internal sealed record TextTable(bool HasHeader, IReadOnlyList<string> Names, IReadOnlyList<bool> Numeric)
{
    private const int LinesRead = 100;

    private static readonly string[] s_labels = ["label", "class", "target", "species"];

    public static TextTable Read(string path, char separator, string? label)
    {
        string[][] lines = [.. File.ReadLines(path).Where(line => line.Length > 0).Take(LinesRead).Select(line => TextLine.Split(line, separator))];
        if (lines is not [var first, .. var rest]) throw Failure.Input($"'{path}' is empty.", "give a file with a row of numbers and a label a line.");
        if (first.Length < 2) throw Failure.Input($"The first line of '{path}' has one cell.", $"separate the cells by {(separator == ',' ? "commas, or call a file of tabs .tsv" : "tabs, or call a file of commas .csv")}.");
        for (int line = 0; line < rest.Length; line++)
        {
            if (rest[line].Length != first.Length)
                throw Failure.Input($"Line {line + 2} of '{path}' has {rest[line].Length} cells, but line 1 has {first.Length}.", "give every line the same columns, and quote cells that hold the separator.");
        }

        // A column of numbers under a word has a header, and so has a file whose first line holds the label's name.
        bool header = rest.Length > 0 && Enumerable.Range(0, first.Length).Any(c => !IsNumber(first[c]) && (AreNumbers(rest, c) || first[c].Equals(label, StringComparison.OrdinalIgnoreCase)));
        string[][] rows = header ? rest : lines;
        return new TextTable(
            header,
            header ? first : [.. Enumerable.Range(0, first.Length).Select(c => c.ToString(CultureInfo.InvariantCulture))],
            [.. Enumerable.Range(0, first.Length).Select(c => AreNumbers(rows, c))]);
    }

    /// <summary>The column of the class: the one asked for, else the one that is called so, else the only one that holds no numbers; null where there is none.</summary>
    public int? LabelColumn(string? wanted, string path)
    {
        if (wanted is not null)
        {
            int named = Find(wanted);
            if (named >= 0) return named;
            return int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number < Names.Count
                ? number
                : throw Failure.Input($"'{path}' has no column '{wanted}'.", HasHeader ? $"its columns are {Shorten(Names)}." : $"it has no header, so give --label a number from 0 to {Names.Count - 1}.");
        }
        if (HasHeader && s_labels.Select(Find).FirstOrDefault(index => index >= 0, -1) is >= 0 and var index) return index;
        int[] words = [.. Enumerable.Range(0, Names.Count).Where(c => !Numeric[c])];
        return words is [var only] ? only : null;
    }

    private static string Shorten(IReadOnlyList<string> names) => names.Count <= 12 ? string.Join(", ", names) : $"{string.Join(", ", names.Take(10))} and {names.Count - 10} more";

    private int Find(string name)
    {
        for (int c = 0; c < Names.Count; c++)
            if (HasHeader && string.Equals(Names[c], name, StringComparison.OrdinalIgnoreCase)) return c;
        return -1;
    }

    /// <summary>Whether a column holds numbers, some of which may be missing.</summary>
    private static bool AreNumbers(string[][] rows, int column)
        => rows.All(line => line[column].Length == 0 || IsNumber(line[column])) && rows.Any(line => line[column].Length > 0);

    private static bool IsNumber(string cell) => float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
