using System.Text;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>What a text file holds, column by column, once every line was looked at.</summary>
/// <param name="File">The file.</param>
/// <param name="Head">Its columns' names.</param>
/// <param name="Columns">What each holds.</param>
/// <param name="Rows">Lines but for the header.</param>
/// <param name="Named">The label's column, where it can be told by its name.</param>
internal sealed record TextTable(CsvFile File, TableHead Head, IReadOnlyList<CsvColumn> Columns, long Rows, LabelChoice? Named)
{
    private const int LinesOfHead = 100;

    /// <param name="path">The file.</param>
    /// <param name="separator">The usual one of files that are called so.</param>
    /// <param name="label">The column of the class, as the user named it.</param>
    /// <param name="features">The columns that a model was trained on; none where nobody knows.</param>
    /// <param name="say">Told of what was guessed.</param>
    public static TextTable Read(string path, char separator, string? label, IReadOnlyList<string> features, Action<string> say)
    {
        try
        {
            return Read(new CsvFile(path, separator, CsvFile.Utf8), label, features, say);
        }
        catch (DecoderFallbackException)
        {
            say($"'{path}' is not in UTF-8; its letters are read as Western European ones (Latin-1).");
            return Read(new CsvFile(path, separator, Encoding.Latin1), label, features, say);
        }
    }

    private static TextTable Read(CsvFile usual, string? label, IReadOnlyList<string> features, Action<string> say)
    {
        CsvFile file = Separator.Find(usual);
        var lines = new List<string[]>();
        foreach (CsvLine line in file.Lines().Take(LinesOfHead))
        {
            if (lines.Count > 0) RequireCells(line, lines[0].Length);
            lines.Add(line.ToArray());
        }
        if (lines is not [var first, ..]) throw Failure.Input($"'{file.Path}' is empty.", "give a file with a row of numbers and a label a line.");
        if (first.Length < 2) throw Failure.Input($"The first line of '{file.Path}' has one cell.", "separate the cells by commas, semicolons or tabs.");

        if (lines.Count == 1 && first.All(IsWord))
        {
            throw Failure.Input($"'{file.Path}' has a line that names its columns, {Text.List(first)}, and no row below it.",
                "give a file with a row of numbers and a label a line.");
        }

        TableHead head = TableHead.Of(file.Path, [.. lines], label is null ? features : [label, .. features]);
        if (head.Warning is { } guess) say(guess);
        LabelChoice? named = LabelChoice.Named(head, label);
        IEnumerable<string[]> rows = lines.Skip(head.HasHeader ? 1 : 0);
        CsvColumn[] columns =
            [.. first.Select((name, c) => new CsvColumn(
                collects: c == named?.Column || IsOther(c) || rows.Any(row => IsWord(c < row.Length ? row[c] : "")), isLabel: c == named?.Column))];
        long count = 0;
        foreach (CsvLine line in file.Lines())
        {
            RequireCells(line, first.Length);
            if (head.HasHeader && line.IsFirst) continue;
            count++;
            for (int c = 0; c < columns.Length; c++) columns[c].Take(line[c], line.Number);
        }
        return new TextTable(file, head, columns, count, named);

        void RequireCells(CsvLine line, int cells)
        {
            if (line.Count != cells)
                throw Failure.Input($"Line {line.Number} of '{file.Path}' has {line.Count} {(line.Count == 1 ? "cell" : "cells")}, but the first has {cells}.",
                    "give every line the same columns, and quote cells that hold the separator.");
        }

        bool IsOther(int c) => features.Count > 0 && head.HasHeader && !features.Contains(head.Names[c], StringComparer.OrdinalIgnoreCase);
        static bool IsWord(string cell) => !Cell.IsMissing(cell) && !Cell.TryRead(cell, out _);
    }
}
