using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>An IDataView in a file, as ml.Data.SaveAsBinary writes it: with features, or with the columns that a model's pipeline makes them of.</summary>
internal static class BinarySource
{
    /// <param name="ml">The context.</param>
    /// <param name="path">The file.</param>
    /// <param name="needs">What the model takes.</param>
    /// <exception cref="Failure">It is no such file, or has other columns.</exception>
    public static Samples Open(MLContext ml, string path, InputNeeds needs)
    {
        IDataView view;
        try
        {
            view = ml.Data.LoadFromBinary(path);
        }
        catch (Exception refusal) when (refusal is FormatException or InvalidOperationException or IOException)
        {
            throw Failure.Input($"'{path}' is no IDataView in binary form: {refusal.Message}", "write it with ml.Data.SaveAsBinary.", refusal);
        }
        string source = $"{view.GetRowCount()} rows of {Path.GetFileName(path)}";
        if (view.Schema.GetColumnOrNull(Samples.Features) is not null) return new Samples(view, source);
        if (needs.Model is { } model && FeatureOrigin.Schemas(model) is [var input, ..] && FeatureOrigin.ColumnsOf(model).All(name => Has(view, input[name])))
            return new Samples(Through(ml, view, needs, model), $"{source}, through the model's own steps") { IsPrepared = true };
        throw Failure.Input($"'{path}' has no column Features; it has {string.Join(", ", view.Schema.Select(c => c.Name))}.",
            "write it anew with the columns Features and Label, or with those that the model's pipeline was saved for.");
    }

    private static bool Has(IDataView view, DataViewSchema.Column column)
        => view.Schema.GetColumnOrNull(column.Name) is { } own && own.Type.Equals(column.Type);

    private static IDataView Through(MLContext ml, IDataView view, InputNeeds needs, LoadedModel model)
    {
        view = Scoring.Through(ml, view, model);
        string? label = new[] { needs.Label, model.Network.Model.Names.Label }
            .FirstOrDefault(name => name is not null && view.Schema.GetColumnOrNull(name) is not null);
        if (label is null) return ml.Transforms.SelectColumns(Samples.Features).Fit(view).Transform(view);
        if (label != Samples.Label) view = ml.Transforms.CopyColumns(Samples.Label, label).Fit(view).Transform(view);
        return ml.Transforms.SelectColumns([Samples.Features, Samples.Label]).Fit(view).Transform(view);
    }
}
