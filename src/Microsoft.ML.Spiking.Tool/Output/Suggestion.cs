using System.CommandLine;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>What a user may have meant by a word that no command knows.</summary>
internal static class Suggestion
{
    /// <param name="words">What stands on the command line.</param>
    /// <param name="command">The command that is to make sense of it.</param>
    public static string? For(IEnumerable<string> words, System.CommandLine.Command command)
    {
        string[] known = [.. command.Subcommands.Select(c => c.Name), .. command.Options.Concat(CommonOptions.All).Select(o => o.Name)];
        return words
            .Where(word => !known.Contains(word) && (word.StartsWith('-') || command.Subcommands.Count > 0))
            .SelectMany(word => known.Select(name => (name, slips: Distance(word, name), most: MostSlips(word))))
            .Where(pair => pair.slips <= pair.most)
            .OrderBy(pair => pair.slips)
            .Select(pair => pair.name)
            .FirstOrDefault();
    }

    /// <summary>Two, and one in a short word: --fo is not --top.</summary>
    private static int MostSlips(string word) => Math.Min(2, (word.Trim('-').Length + 2) / 3);

    /// <summary>Levenshtein's: letters to add, drop or change.</summary>
    public static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, 1 + Math.Min(row[j], row[j - 1]));
            }
        }
        return row[^1];
    }
}
