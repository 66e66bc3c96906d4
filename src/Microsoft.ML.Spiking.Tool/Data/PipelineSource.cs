using System.Collections.Immutable;
using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Hosting;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>
/// A CSV or TSV file for a model whose pipeline makes other numbers of columns before the network reads them: the file's columns go through its steps, as they
/// did in the program that trained it.
/// </summary>
internal static class PipelineSource
{
    // No column of a table, nor of a pipeline, is called so.
    private const string FilesLabel = "The label as the file has it";

    private static readonly Dictionary<Type, DataKind> s_kinds = Enum.GetValues<DataKind>().ToDictionary(TypeOf);

    private static readonly DataKind[] s_reals = [DataKind.Single, DataKind.Double];

    // What ML.NET's loader makes of a number that is not there.
    private static readonly (DataKind[] Kinds, string Seen)[] s_gaps =
    [
        (s_reals, "a missing one, as MissingRealsAsNaNs has it"),
        ([DataKind.SByte, DataKind.Byte, DataKind.Int16, DataKind.UInt16, DataKind.Int32, DataKind.UInt32, DataKind.Int64, DataKind.UInt64, DataKind.Boolean],
            "a 0, as ML.NET's loader reads whole numbers and Booleans"),
    ];

    /// <param name="ml">The context.</param>
    /// <param name="path">The file.</param>
    /// <param name="separator">The usual separator of files that are called so; another is found.</param>
    /// <param name="request">What the user said.</param>
    /// <param name="needs">What the model takes.</param>
    /// <param name="model">The model, which knows what columns its pipeline was saved for.</param>
    /// <param name="remarks">Told of what was guessed.</param>
    /// <exception cref="Failure">The file lacks a column, or a step does not run on it.</exception>
    public static Samples Open(
        MLContext ml, string path, char separator, DataRequest request, InputNeeds needs, LoadedModel model, Remarks remarks)
    {
        if (FeatureOrigin.Schemas(model) is not [var schema, ..])
            throw Failure.Input($"'{model.Path}' was not saved for the columns that its pipeline reads, and a step before the network may make other numbers "
                + "of them.", "save it with the columns that the pipeline was trained on, ml.Model.Save(model, rows.Schema, path).");
        string[] read = FeatureOrigin.ColumnsOf(model);
        string[] cells = [.. read.SelectMany(name => Cells(schema[name]))];
        // The label's texts are kept, though it may be read too.
        TextTable table = TextTable.Read(path, separator, request.Label, [.. cells.Where(name => name != needs.Label)], remarks.Say);
        TableHead head = table.Head;
        if (!head.HasHeader)
            throw Failure.Input($"'{path}' has no line that names its columns, but the model's pipeline knows them by their names.",
                $"write them above the rows: {Text.List(cells)}.");
        TextLoader.Column[] columns =
            [.. schema.Where(column => !column.IsHidden).Select(column => Of(head, column, read.Contains(column.Name))).OfType<TextLoader.Column>()];
        int[] features = [.. columns.Where(column => read.Contains(column.Name)).SelectMany(column => column.Source.Select(range => range.Min)).Distinct()];
        head.RefuseIgnored(request.Ignored, features);
        LabelChoice? label = LabelChoice.Of(table, features, [.. request.Ignored.Select(name => head.Require(name, "--ignore"))], request, needs.Label);
        if (label is not null) remarks.Say($"Label of '{path}': {head.Title(label.Column)}, {label.Why}.");

        foreach (TextLoader.Column column in columns.Where(column => read.Contains(column.Name) && s_reals.Contains(column.DataKind)))
            foreach (TextLoader.Range cell in column.Source) LookAtNumbers(table, cell.Min, remarks);
        TextLoader.Column[] gaps = [.. columns.Where(column => read.Contains(column.Name) && column.Source.Any(cell => table.Columns[cell.Min].HasGaps))];
        foreach (var (_, seen) in s_gaps.Where(gap => gaps.Any(column => gap.Kinds.Contains(column.DataKind))))
            remarks.Say($"Where '{path}' has no number, the model's steps see {seen}.");
        if (HasQuotes(path)) remarks.Say($"Quotes around a cell of '{path}' are no part of it, as AllowQuoting has it.");

        IDataView view = Rows(ml, table, label is null ? columns : [.. columns, new TextLoader.Column(FilesLabel, DataKind.String, label.Column)]);
        view = Scoring.Through(ml, view, model);
        if (label is not null)
        {
            view = ml.Transforms.CopyColumns(Samples.Label, FilesLabel).Fit(view).Transform(view);
            // As the loader has them: to it a blank at a line's end is a part of the cell, say.
            IEnumerable<string> texts = view.GetColumn<string>(Samples.Label).Distinct();
            view = LabelColumn.ToKey(ml, view, LabelColumn.Sorted(table.Columns[label.Column].IsNumeric ? texts.Where(text => !Cell.IsMissing(text)) : texts));
        }
        view = ml.Transforms.SelectColumns(label is null ? [Samples.Features] : [Samples.Features, Samples.Label]).Fit(view).Transform(view);
        return new Samples(view, $"{Text.Count(table.Rows)} {(table.Rows == 1 ? "row" : "rows")} of {Path.GetFileName(path)}, through the model's own steps")
        {
            Rows = table.Rows,
            IsPrepared = true,
        };
    }

    /// <summary>The cells of a line that make a column's value up, by their names; of numbers side by side without names, the column's own.</summary>
    private static ImmutableArray<string> Cells(DataViewSchema.Column column)
        => column.Type is VectorDataViewType && SlotNames.Of(column) is { Length: > 0 } names ? names : [column.Name];

    /// <summary>How a column is read from the file; null where it is not, and nothing needs it.</summary>
    private static TextLoader.Column? Of(TableHead head, DataViewSchema.Column column, bool isRead)
    {
        var vector = column.Type as VectorDataViewType;
        DataViewType item = vector?.ItemType ?? column.Type;
        ImmutableArray<string> cells = Cells(column);
        // What the values of a key stand for is numbered in the order of other rows.
        if (column.HasKeyValues() || !s_kinds.TryGetValue(item.RawType, out DataKind kind) || cells.Length != (vector?.Size ?? 1))
            return isRead
                ? throw Failure.Input(
                    $"The model's pipeline reads '{column.Name}', which is {column.Type}, and does not say which of a table's columns that is.",
                    "score the rows in a program, where they are loaded as they were for training.")
                : null;
        int[] places = [.. cells.Select(head.Find)];
        if (isRead && Array.IndexOf(places, -1) is >= 0 and var absent)
            throw Failure.Input($"'{head.Path}' has no column '{cells[absent]}', which the model's pipeline reads.",
                $"give a file with it; there are {Text.List(head.Names)}.");
        // What is not there is missing: beyond the last cell of each line.
        return new TextLoader.Column(column.Name, kind,
            [.. places.Select(place => new TextLoader.Range(place < 0 ? head.Names.Count : place) { ForceVector = vector is not null })])
        {
            KeyCount = item is KeyDataViewType key ? new KeyCount(key.Count) : null,
        };
    }

    private static IDataView Rows(MLContext ml, TextTable table, TextLoader.Column[] columns)
    {
        IDataView view = ml.Data.CreateTextLoader(new TextLoader.Options
        {
            Columns = columns, Separators = [table.File.Separator], HasHeader = true, AllowQuoting = true, ReadMultilines = true,
            MissingRealsAsNaNs = true,
        }).Load(table.File.Path);
        long rows = 0;
        using (DataViewRowCursor cursor = view.GetRowCursor([]))
            while (cursor.MoveNext()) rows++;
        return rows == table.Rows && table.File.Encoding == CsvFile.Utf8
            ? view
            : throw Failure.Input($"'{table.File.Path}' is not written as ML.NET reads tables, in which the model's own steps would have their numbers.",
                "save it as UTF-8 with the line of names first, and every row on one line, of which none begins with //.");
    }

    /// <summary>Refuses or tells of what the loader would take for missing numbers.</summary>
    private static void LookAtNumbers(TextTable table, int column, Remarks remarks)
    {
        string where = $"{table.Head.Sentence(column)} of '{table.Head.Path}'";
        if (table.Columns[column].FirstUnread is var (number, at) && Cell.IsNumberWithComma(number))
            throw Failure.Input($"{where} holds numbers with commas, '{number}' in line {at}, but numbers are read with a decimal point and without thousands' "
                + "separators.", "save the file anew with decimal points, or score the rows in a program.");
        if (table.Columns[column].FirstWord is var (word, line))
            remarks.Say($"{where} has '{Text.Short(word)}' in line {line}, which the model's steps see as a missing number.");
    }

    private static bool HasQuotes(string path) => File.ReadLines(path).Skip(1).Any(line => line.Contains('"', StringComparison.Ordinal));

    private static Type TypeOf(DataKind kind) => kind switch
    {
        DataKind.SByte => typeof(sbyte), DataKind.Byte => typeof(byte), DataKind.Int16 => typeof(short), DataKind.UInt16 => typeof(ushort),
        DataKind.Int32 => typeof(int), DataKind.UInt32 => typeof(uint), DataKind.Int64 => typeof(long), DataKind.UInt64 => typeof(ulong),
        DataKind.Single => typeof(float), DataKind.Double => typeof(double), DataKind.Boolean => typeof(bool),
        DataKind.String => typeof(ReadOnlyMemory<char>),
        DataKind.TimeSpan => typeof(TimeSpan), DataKind.DateTime => typeof(DateTime), DataKind.DateTimeOffset => typeof(DateTimeOffset),
        _ => throw new InvalidOperationException($"{kind} is a kind of data that is not known here."),
    };
}
