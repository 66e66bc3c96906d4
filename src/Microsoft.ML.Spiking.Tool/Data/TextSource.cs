using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>A CSV or TSV file: a label column, and all other columns of numbers as features. ML.NET's loader streams it.</summary>
internal static class TextSource
{
    public static Samples Open(MLContext ml, string path, char separator, string? label, Action<string> say)
    {
        TextTable table = TextTable.Read(path, separator, label);
        int? labelColumn = table.LabelColumn(label, path);
        int[] features = [.. Enumerable.Range(0, table.Names.Count).Where(c => c != labelColumn && table.Numeric[c])];
        if (features.Length == 0) throw Failure.Input($"'{path}' has no column of numbers besides the label.", "features are numbers with a point, 0.5; give some.");
        string[] leftOut = [.. Enumerable.Range(0, table.Names.Count).Where(c => c != labelColumn && !table.Numeric[c]).Select(c => table.Names[c])];
        if (leftOut.Length > 0) say($"Columns without numbers are left out: {string.Join(", ", leftOut)}.");

        var columns = new List<TextLoader.Column> { new(Samples.Features, DataKind.Single, Ranges(features)) };
        if (labelColumn is { } index) columns.Add(new(Samples.Label, DataKind.String, index));
        IDataView view = ml.Data.LoadFromTextFile(path, new TextLoader.Options
        {
            Separators = [separator],
            HasHeader = table.HasHeader,
            AllowQuoting = true,
            TrimWhitespace = true,
            MissingRealsAsNaNs = true,
            Columns = [.. columns],
        });
        return new Samples(view, $"rows of {Path.GetFileName(path)} with {features.Length} {(features.Length == 1 ? "feature" : "features")}");
    }

    /// <summary>What a .txt file is separated by: tabs, if its first line has any.</summary>
    public static char SeparatorOf(string path) => File.ReadLines(path).FirstOrDefault("").Contains('\t', StringComparison.Ordinal) ? '\t' : ',';

    /// <summary>Neighbours together: a file of 784 pixels is one range, not 784.</summary>
    private static TextLoader.Range[] Ranges(int[] columns)
    {
        var ranges = new List<TextLoader.Range>();
        for (int i = 0; i < columns.Length; i++)
        {
            int first = i;
            while (i + 1 < columns.Length && columns[i + 1] == columns[i] + 1) i++;
            ranges.Add(new(columns[first], columns[i]));
        }
        return [.. ranges];
    }
}
