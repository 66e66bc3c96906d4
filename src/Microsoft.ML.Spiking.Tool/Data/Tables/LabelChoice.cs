namespace Microsoft.ML.Spiking.Tool;

/// <summary>The column that is taken for the class, and why.</summary>
/// <param name="Column">The column.</param>
/// <param name="Why">The end of the sentence that says so.</param>
internal sealed record LabelChoice(int Column, string Why)
{
    /// <summary>The column that the user named, else the one that is called so; null where there is neither.</summary>
    public static LabelChoice? Named(TableHead head, string? wanted)
    {
        if (wanted is not null) return new LabelChoice(head.Require(wanted, "--label"), "as --label says");
        foreach (string name in TableHead.LabelNames)
            if (head.Find(name) is >= 0 and var column) return new LabelChoice(column, "by its name; --label takes another");
        return null;
    }

    /// <summary>
    /// The column of a table: the one that the user or the model's pipeline names, else the one that is called so, else the only one that is no feature of the
    /// model, else the only one of words; null where there is none.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="features">The columns that are a model's features; none where nobody knows.</param>
    /// <param name="ignored">The columns that the user wants to leave out.</param>
    /// <param name="request">What the user said.</param>
    /// <param name="learnt">The column that a model's pipeline made the label of; null where nobody knows.</param>
    public static LabelChoice? Of(TextTable table, IReadOnlyList<int> features, IReadOnlyList<int> ignored, DataRequest request, string? learnt)
    {
        if (request.Label is null && learnt is not null && table.Head.Find(learnt) is >= 0 and var known)
            return new LabelChoice(known, "which the model learnt; --label takes another");
        if (table.Named is not null) return table.Named;
        int[] open = [.. Enumerable.Range(0, table.Columns.Count).Except(features).Except(ignored)];
        if (features.Count > 0 && open is [var rest] && !table.Columns[rest].IsCrowded)
            return new LabelChoice(rest, "the only one that is no feature of the model");
        return Candidates(table, [.. features, .. ignored]) is [var only] ? new LabelChoice(only, "the only one of words; --label takes another") : null;
    }

    /// <summary>The columns of words that come again.</summary>
    /// <param name="table">The table.</param>
    /// <param name="others">Columns that are none.</param>
    public static int[] Candidates(TextTable table, IReadOnlyList<int> others)
        => [.. Enumerable.Range(0, table.Columns.Count).Except(others).Where(c => table.Columns[c].AreClasses)];
}
