namespace Microsoft.ML.Spiking;

/// <summary>How often each class was taken for each.</summary>
/// <param name="Shown">The classes in the matrix: all, or of many those that are confused most.</param>
/// <param name="Counts">Rows of the data, [truth, guess], of the classes shown.</param>
/// <param name="Cells">The samples kept of each cell that has any, by their places among the report's samples; named "truth,guess".</param>
internal sealed record ReportConfusion(int[] Shown, int[][] Counts, IReadOnlyDictionary<string, int[]> Cells)
{
    private const int MostClasses = 40;

    /// <returns>Null where no row has a label.</returns>
    public static ReportConfusion? Of(ScoredData scored, Func<ScoredSample, int> show)
    {
        if (scored.Labelled == 0) return null;
        int classes = scored.Classes.Length;
        int Mistakes(int c) => Enumerable.Range(0, classes).Where(other => other != c).Sum(other => scored.Counts[c, other] + scored.Counts[other, c]);
        int[] shown = classes <= MostClasses
            ? [.. Enumerable.Range(0, classes)]
            : [.. Enumerable.Range(0, classes).OrderByDescending(Mistakes).Take(MostClasses).Order()];
        return new ReportConfusion(
            shown,
            [.. shown.Select(truth => shown.Select(guess => scored.Counts[truth, guess]).ToArray())],
            scored.Cells.Where(cell => shown.Contains(cell.Key.Truth) && shown.Contains(cell.Key.Guess))
                .ToDictionary(cell => $"{cell.Key.Truth},{cell.Key.Guess}", cell => cell.Value.Select(show).ToArray()));
    }
}
