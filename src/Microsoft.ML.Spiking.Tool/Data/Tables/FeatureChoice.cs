namespace Microsoft.ML.Spiking.Tool;

/// <summary>Tells which columns of a table are features, and says which are not, and why.</summary>
/// <param name="table">The table.</param>
/// <param name="remarks">Told of what is left out.</param>
internal sealed class FeatureChoice(TextTable table, Remarks remarks)
{
    private TableHead Head => table.Head;

    /// <summary>The columns that a model was trained on, in its order; none where the table has no names to go by.</summary>
    /// <param name="needs">What the model takes.</param>
    public int[] Named(InputNeeds needs)
    {
        IReadOnlyList<string> names = needs.Names;
        if (names.Count == 0 || !Head.HasHeader) return [];
        int[] columns = [.. names.Select(Head.Find)];
        string[] absent = [.. names.Where((_, i) => columns[i] < 0)];
        if (absent.Length > 0)
            throw Failure.Input($"'{Head.Path}' has no column '{absent[0]}'{(absent.Length > 1 ? $" nor {absent.Length - 1} more" : "")}, which the model "
                + "was trained on.", $"give a file with the columns {Text.List(names)}.");
        foreach (int column in columns) RequireNumbers(column);
        return columns;
    }

    /// <summary>All columns of numbers but those left out.</summary>
    /// <param name="leftOut">The label and what the user wants ignored.</param>
    /// <param name="needed">How many a model takes; null where there is none. To reach it, columns count in which every value is missing.</param>
    public int[] Numeric(IReadOnlyList<int> leftOut, int? needed)
    {
        int[] open = [.. Enumerable.Range(0, table.Columns.Count).Except(leftOut)];
        foreach (int column in open.Where(c => table.Columns[c].HasUnread)) RequireNumbers(column);
        Say("of words", "the network takes numbers, so write those without signs or units, and a column of 0 and 1 for each word that matters",
            open.Where(c => table.Columns[c] is { IsNumeric: false, IsEmpty: false, IsNearlyNumeric: false }));
        int[] possible = [.. open.Where(c => table.Columns[c].IsNumeric || table.Columns[c].IsEmpty)];
        if (possible.Length == needed) return possible;
        Say("without a value", "there is nothing to learn from", open.Where(c => table.Columns[c].IsEmpty));
        foreach (int column in open.Where(c => table.Columns[c].IsNearlyNumeric))
            remarks.Warn($"{Head.Sentence(column)} of '{Head.Path}' is left out: it holds numbers, but line {table.Columns[column].FirstWord!.Value.Line} "
                + $"has '{table.Columns[column].FirstWord!.Value.Cell}'; leave a cell without a number empty.");
        return [.. open.Where(c => table.Columns[c].IsNumeric)];
    }

    /// <summary>Says which features have cells without a number.</summary>
    public void SayGaps(IEnumerable<int> features)
    {
        string[] names = [.. features.Where(c => table.Columns[c].HasGaps).Select(c => Head.Names[c])];
        if (names.Length > 0)
            remarks.Say($"Without a number in some rows: {Text.List(names)}. Such rows are not trained on and get no answer, unless "
                + $"{TrainOptions.FillMissingName} puts the column's mean there.");
    }

    /// <summary>Warns of features that only number the rows; one that is all there is, is refused.</summary>
    public void WarnOfRowNumbers(IReadOnlyList<int> features)
    {
        if (features is [var only] && IsRowNumber(only))
            throw Failure.Input(
                $"'{Head.Path}' has no column of numbers but {Head.Title(only)}, which looks like the rows' numbers and says nothing of a class.",
                "give columns of numbers that do: a column of 0 and 1 for each word that matters.");
        foreach (int column in features.Where(IsRowNumber))
            remarks.Warn($"{Head.Sentence(column)} of '{Head.Path}' looks like the rows' numbers, which say nothing of a class, but is taken for a feature; "
                + $"leave it out with --ignore {ShellWords.Join([Head.Names[column]])}.");
    }

    /// <summary>R and pandas write rows' names first, under an empty name; a database calls them id.</summary>
    private bool IsRowNumber(int column)
        => table.Columns[column].CountsRows
        || (Head.HasHeader && table.Columns[column].IsWhole
        && (Head.IsUnnamed(column) || Head.Names[column].ToLowerInvariant() is "id" or "index" or "rownames" or "row" or "unnamed: 0"));

    private void RequireNumbers(int column)
    {
        CsvColumn content = table.Columns[column];
        if (content is { HasUnread: true, FirstUnread: var (unread, place) } && Cell.IsTooLarge(unread))
            throw Failure.Input($"{Head.Sentence(column)} of '{Head.Path}' has '{unread}' in line {place}, but numbers reach as far as a "
                + "Single does, to 3.4E38.",
                "write the column in a larger unit, or leave the cell empty where it stands for no value.");
        if (content is { HasUnread: true, FirstUnread: var (number, at) })
            throw Failure.Input($"{Head.Sentence(column)} of '{Head.Path}' holds numbers with commas, '{number}' in line {at}, but numbers are read with a "
                + "decimal point and without thousands' separators.",
                "save the file anew with decimal points (in Excel: File, Options, Advanced, 'Use system separators' off), or leave the column out with "
                    + "--ignore.");
        if (content.FirstWord is var (word, line))
            throw Failure.Input($"{Head.Sentence(column)} of '{Head.Path}' has '{word}' in line {line}, but it is a feature of the model, and those are "
                + "numbers.", "write a number, or leave the cell empty.");
    }

    private void Say(string kind, string why, IEnumerable<int> columns)
    {
        string[] names = [.. columns.Select(c => table.Columns[c].FirstWord is var (word, _) ? $"{Head.Names[c]} ('{Text.Short(word)}')" : Head.Names[c])];
        if (names.Length > 0) remarks.Say($"Left out: {(names.Length == 1 ? "the column" : "the columns")} {kind}, {Text.List(names)}: {why}.");
    }
}
