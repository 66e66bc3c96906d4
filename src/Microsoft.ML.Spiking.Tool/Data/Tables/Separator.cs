namespace Microsoft.ML.Spiking.Tool;

/// <summary>Tells what stands between a text file's cells.</summary>
internal static class Separator
{
    private const int LinesRead = 100;

    /// <summary>The one that gives every line the same cells, and the most numbers; the usual one where none does.</summary>
    /// <param name="file">The file, with the usual separator of its kind.</param>
    public static CsvFile Find(CsvFile file)
    {
        // The usual one comes last: what is as good by another has its commas within its numbers.
        CsvFile[] candidates = [.. ";\t,".Where(c => c != file.Separator).Append(file.Separator).Select(c => file with { Separator = c })];
        return candidates.Select(candidate => (candidate, numbers: Numbers(candidate))).Where(pair => pair.numbers >= 0).OrderByDescending(pair => pair.numbers)
            .Select(pair => pair.candidate).FirstOrDefault(file);
    }

    /// <summary>How many cells of the first lines hold numbers, of whatever kind; -1 where they do not hang together.</summary>
    private static int Numbers(CsvFile file)
    {
        int numbers = 0, cells = 0;
        try
        {
            foreach (CsvLine line in file.Lines().Take(LinesRead))
            {
                if (line.Count < 2 || (cells > 0 && line.Count != cells)) return -1;
                cells = line.Count;
                numbers += line.ToArray().Count(cell => Cell.TryRead(cell, out _) || Cell.IsUnread(cell));
            }
        }
        catch (Failure)
        {
            return -1;
        }
        return cells > 0 ? numbers : -1;
    }
}
