using System.Globalization;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>A table's columns by name.</summary>
/// <param name="Path">The file.</param>
/// <param name="HasHeader">Whether its first line names the columns.</param>
/// <param name="Names">The names, each another; a column's number from 0 where it has none.</param>
internal sealed record TableHead(string Path, bool HasHeader, IReadOnlyList<string> Names)
{
    /// <summary>What a column with the class is called where nobody says more.</summary>
    public static IReadOnlyList<string> LabelNames { get; } = ["label", "class", "target", "species"];

    /// <summary>What was guessed that a user may want to know; null where nothing was.</summary>
    public string? Warning { get; private init; }

    // So many cells that count 0, 1, 2, ... are no row: pandas writes such a header where columns have no names.
    private const int LeastCount = 4;

    /// <param name="path">The file.</param>
    /// <param name="lines">Its first lines, all of one length.</param>
    /// <param name="known">Names that a header would hold: the label's, and the model's features'.</param>
    public static TableHead Of(string path, string[][] lines, IReadOnlyList<string> known)
    {
        string[] first = lines[0];
        bool named = lines.Length > 1 && Enumerable.Range(0, first.Length).Any(Names), counted = !named && lines.Length > 1 && Counts(first);
        return new TableHead(path, named || counted, Distinct(first, named || counted))
        {
            Warning = counted ? $"The first line of '{path}' counts its cells, {first[0]}, {first[1]}, {first[2]}, ..., and is taken for a header." : null,
        };

        bool Names(int c) => !Cell.TryRead(first[c], out _) && !Cell.IsMissing(first[c]) && !Cell.IsUnread(first[c])
            && (AreNumbers(lines, c) || LabelNames.Concat(known).Contains(first[c], StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The column of a name, written so or in other letters; -1 where there is none.</summary>
    public int Find(string name)
    {
        if (!HasHeader) return -1;
        int exact = Names.ToList().IndexOf(name);
        return exact >= 0 ? exact : Names.ToList().FindIndex(other => string.Equals(other, name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The column that a user names, or gives the number of.</summary>
    /// <param name="wanted">The name or number.</param>
    /// <param name="option">The option that it was given with.</param>
    public int Require(string wanted, string option)
    {
        int named = Find(wanted);
        if (named >= 0) return named;
        return int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number < Names.Count
            ? number
            : throw Failure.Input($"'{Path}' has no column '{wanted}'.",
                HasHeader ? $"its columns are {Text.List(Names)}." : $"it has no header, so give {option} a number from 0 to {Names.Count - 1}.");
    }

    /// <summary>Refuses to leave out what a model reads.</summary>
    /// <param name="ignored">The columns that the user wants to leave out.</param>
    /// <param name="read">Those that the model was trained on.</param>
    public void RefuseIgnored(IEnumerable<string> ignored, IEnumerable<int> read)
    {
        if (ignored.FirstOrDefault(name => read.Contains(Find(name))) is { } needed)
            throw Failure.Usage($"--ignore names '{needed}', but the model reads that column of '{Path}'.",
                "leave --ignore out: a model takes the columns that it was trained on, and no others.");
    }

    /// <summary>Whether the column has no name of its own.</summary>
    public bool IsUnnamed(int column) => Names[column] == column.ToString(CultureInfo.InvariantCulture);

    /// <summary>What to call a column in a sentence.</summary>
    public string Title(int column) => IsUnnamed(column) ? $"column {column}" : $"column '{Names[column]}'";

    /// <summary>The same where a sentence begins.</summary>
    public string Sentence(int column) => $"C{Title(column)[1..]}";

    /// <summary>Whether each cell is a place in the line, counted from 0 or 1, or from the second on where row numbers come first.</summary>
    private static bool Counts(string[] first)
    {
        var places = first.Select((cell, c) => (cell, c)).Where(pair => Cell.TryRead(pair.cell, out _))
            .Select(pair => (place: Cell.Read(pair.cell) - pair.c, start: Cell.Read(pair.cell))).ToArray();
        return places.Length >= LeastCount && places[0].start is 0 or 1 && places.All(place => place.place == places[0].place)
            && first.Length - places.Length <= 2;
    }

    private static bool AreNumbers(string[][] lines, int column)
        => lines.Skip(1).All(line => Cell.IsMissing(line[column]) || Cell.TryRead(line[column], out _) || Cell.IsUnread(line[column]))
            && lines.Skip(1).Any(line => !Cell.IsMissing(line[column]));

    private static string[] Distinct(string[] first, bool header)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var names = new string[first.Length];
        for (int c = 0; c < names.Length; c++)
        {
            string name = header && first[c].Length > 0 ? first[c] : c.ToString(CultureInfo.InvariantCulture);
            // As pandas calls the second of a name.
            names[c] = seen.TryGetValue(name, out int before) ? $"{name}.{before}" : name;
            seen[name] = before + 1;
        }
        return names;
    }
}
