using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>A CSV or TSV file: a label column, and columns of numbers as features. Every pass reads the file anew.</summary>
internal static class TextSource
{
    /// <param name="ml">The context.</param>
    /// <param name="path">The file.</param>
    /// <param name="separator">The usual separator of files that are called so; another is found.</param>
    /// <param name="request">What the user said.</param>
    /// <param name="needs">What the model takes.</param>
    /// <param name="remarks">Told of what is left out and what was guessed.</param>
    public static Samples Open(MLContext ml, string path, char separator, DataRequest request, InputNeeds needs, Remarks remarks)
    {
        if (needs.AreApart)
            throw Failure.Input("The model's features were made by a pipeline apart from it, which the model does not have, and a table has other numbers.",
                "save both as one, ml.Model.Save(pipeline.Append(model), rows.Schema, path), or score the rows in a program.");
        if (needs.Pipeline is { } model) return PipelineSource.Open(ml, path, separator, request, needs, model, remarks);
        TextTable table = TextTable.Read(path, separator, request.Label, needs.Names, remarks.Say);
        var choice = new FeatureChoice(table, remarks);
        int[] features = choice.Named(needs);
        table.Head.RefuseIgnored(request.Ignored, features);
        // A file that is matched by name need not hold what the training's left out.
        int[] ignored = features.Length > 0 ? [] : [.. request.Ignored.Select(name => table.Head.Require(name, "--ignore"))];
        LabelChoice? label = LabelChoice.Of(table, features, ignored, request, needs.Label);
        if (label is not null) remarks.Say($"Label of '{path}': {table.Head.Title(label.Column)}, {label.Why}.");
        else if (needs.Features is null) remarks.Say($"Label of '{path}': none; no column is called {string.Join(", ", TableHead.LabelNames)}, and no single "
            + $"one holds words that come again{Several(table, ignored)}. "
            + $"Its columns: {Text.List(table.Head.Names)}.");
        IReadOnlyList<string>? names = features.Length > 0 ? needs.Names : null;
        if (features.Length == 0) features = choice.Numeric(label is null ? ignored : [label.Column, .. ignored], needs.Features);
        if (!table.Head.HasHeader && needs.Names.Count == features.Length && features.Length > 0)
            remarks.Say($"'{path}' has no line that names its columns; in their order they are taken for {Text.List(needs.Names)}.");
        if (features.Length == 0)
            throw Failure.Input($"'{path}' has no column of numbers besides the label.", "features are numbers with a point, 0.5; give some.");
        if (needs.Features is null)
        {
            choice.WarnOfRowNumbers(features);
            choice.SayGaps(features);
        }

        IReadOnlyList<string>? classes = label is null ? null : LabelColumn.Sorted(table.Columns[label.Column].Texts);
        if (classes is []) throw Failure.Input($"{table.Head.Sentence(label!.Column)} of '{path}', taken for the label {label.Why}, holds no class.",
            "name the label's column with --label.");
        if (classes is not null && needs.Features is null) remarks.Say($"Classes: {Text.List([.. classes.Select(Text.Short)])}.");
        if (table.Head.HasHeader) names ??= [.. features.Select(c => table.Head.Names[c])];
        return new Samples(
            Load(0, table.Rows),
            $"{Text.Count(table.Rows)} {(table.Rows == 1 ? "row" : "rows")} of {Path.GetFileName(path)} with {features.Length} "
                + $"{(features.Length == 1 ? "feature" : "features")}")
        {
            Rows = table.Rows,
            Cut = Load,
        };

        IDataView Load(long first, long rows)
            => ml.Data.LoadFromEnumerable(Rows(table, first, rows, features, label?.Column, classes), TableRow.Schema(names, features.Length, classes));
    }

    /// <summary>That more than one column might be the label, as a part of a sentence.</summary>
    private static string Several(TextTable table, int[] ignored)
        => LabelChoice.Candidates(table, ignored) is [_, _, ..] candidates
            ? $", but {Text.List([.. candidates.Select(c => table.Head.Names[c])])} do: choose with --label"
            : "";

    private static IEnumerable<TableRow> Rows(TextTable table, long first, long count, int[] features, int? label, IReadOnlyList<string>? classes)
    {
        if (count == 0) yield break;
        Dictionary<string, uint> keys = (classes ?? []).Select((name, index) => (name, index))
            .ToDictionary(pair => pair.name, pair => (uint)pair.index, StringComparer.Ordinal);
        foreach (CsvLine line in table.File.Lines())
        {
            if (table.Head.HasHeader && line.IsFirst) continue;
            // Its numbers are not read.
            if (first-- > 0) continue;
            var row = new TableRow { Features = new float[features.Length] };
            for (int f = 0; f < features.Length; f++) row.Features[f] = Cell.Read(line[features[f]]);
            if (label is { } column && keys.TryGetValue(line[column], out uint key)) row.Label = key;
            yield return row;
            if (--count == 0) yield break;
        }
    }
}
