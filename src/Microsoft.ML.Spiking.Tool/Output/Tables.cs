using Spectre.Console;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>How the tool's tables look.</summary>
internal static class Tables
{
    /// <param name="words">Headers of columns of words, on the left; escaped.</param>
    /// <param name="numbers">Headers of columns of numbers, to their right; escaped.</param>
    public static Table Create(IReadOnlyList<string> words, IReadOnlyList<string> numbers)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (string header in words) table.AddColumn(new TableColumn(header));
        foreach (string header in numbers) table.AddColumn(new TableColumn(header).RightAligned());
        return table;
    }
}
