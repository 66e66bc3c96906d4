namespace Microsoft.ML.Spiking.Tool;

/// <summary>A part of rows, one of several that follow on each other, as equal as can be; each row is in one of them, however many there are.</summary>
/// <param name="Index">Which, from 0.</param>
/// <param name="Count">How many there are.</param>
internal readonly record struct Shard(int Index, int Count)
{
    /// <summary>Its first row, and how many it has.</summary>
    /// <param name="rows">All rows.</param>
    public (long First, long Rows) Of(long rows)
    {
        long first = Border(rows, Index);
        return (first, Border(rows, Index + 1) - first);
    }

    /// <summary>The file of this part: scores-03-of-16.tsv of scores.tsv, so that a shell lists the parts in their order.</summary>
    public string PathOf(string path)
    {
        string last = FormattableString.Invariant($"{Count - 1}"), number = FormattableString.Invariant($"{Index}").PadLeft(last.Length, '0');
        return Path.Combine(Path.GetDirectoryName(path) ?? "",
            FormattableString.Invariant($"{Path.GetFileNameWithoutExtension(path)}-{number}-of-{Count}{Path.GetExtension(path)}"));
    }

    private long Border(long rows, int index) => (long)((Int128)rows * index / Count);
}
