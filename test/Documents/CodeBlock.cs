namespace Microsoft.ML.Spiking.Tests;

/// <summary>A fenced block of a document, or an indented one, which has no language.</summary>
/// <param name="Line">The line that it starts on, from 1.</param>
/// <param name="Language">The first word behind the fence.</param>
/// <param name="Mark">The second: nothing, to be run; no-run, to be compiled; fragment, to be read.</param>
internal sealed record CodeBlock(int Line, string Language, string Mark, string Code)
{
    public static IReadOnlyList<CodeBlock> Of(string markdown)
    {
        var blocks = new List<CodeBlock>();
        string[] lines = markdown.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            int start = i;
            if (lines[i].StartsWith("```", StringComparison.Ordinal))
            {
                string[] words = lines[i][3..].Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
                do i++;
                while (!lines[i].StartsWith("```", StringComparison.Ordinal));
                blocks.Add(new CodeBlock(start + 1, words.ElementAtOrDefault(0) ?? "", words.ElementAtOrDefault(1) ?? "", string.Join('\n', lines[(start + 1)..i])));
            }
            else if (IsIndented(lines[i]))
            {
                while (i + 1 < lines.Length && IsIndented(lines[i + 1])) i++;
                blocks.Add(new CodeBlock(start + 1, "", "", string.Join('\n', lines[start..(i + 1)].Select(line => line[4..]))));
            }
        }
        return blocks;
    }

    private static bool IsIndented(string line) => line.StartsWith("    ", StringComparison.Ordinal) && line.Trim().Length > 0;
}
