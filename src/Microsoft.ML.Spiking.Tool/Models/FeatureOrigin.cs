using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>Tells where the numbers come from that a pipeline's network reads.</summary>
internal static class FeatureOrigin
{
    /// <summary>Whether a step before the network makes other numbers of the columns that its features are made of, or may.</summary>
    public static bool IsChanged(LoadedModel model)
    {
        ITransformer[] idle = [.. Idle(model)];
        if (!idle.All(LoadedModel.IsForm)) return true;
        return Schemas(model) is { } schemas
            ? !AreInputs(model, schemas)
            // Nobody knows what these work on; a label is made by keys, mostly.
            : !idle.All(step => step is ColumnConcatenatingTransformer or ColumnSelectingTransformer
                or ValueToKeyMappingTransformer or KeyToValueMappingTransformer);
    }

    /// <summary>The columns before each step and behind the last, from those that the model was saved for; null where its steps do not run on them.</summary>
    public static IReadOnlyList<DataViewSchema>? Schemas(LoadedModel model)
    {
        if (model.InputSchema is null) return null;
        List<DataViewSchema> schemas = [model.InputSchema];
        foreach (ITransformer step in model.Before)
        {
            if (LoadedModel.SchemaAfter(step, schemas[^1]) is not { } next) return null;
            schemas.Add(next);
        }
        return schemas[^1].GetColumnOrNull(model.Network.FeatureColumnName) is null ? null : schemas;
    }

    /// <summary>The columns that the network's features are made of.</summary>
    public static string[] ColumnsOf(LoadedModel model)
    {
        DataViewSchema schema = model.InputSchema!;
        ITransformer steps = new TransformerChain<ITransformer>([.. model.Before]);
        if (!steps.IsRowToRowMapper)
            return [.. schema.Where(column => !column.IsHidden && column.Name != model.Network.Model.Names.Label).Select(column => column.Name)];
        IRowToRowMapper mapper = steps.GetRowToRowMapper(schema);
        return [.. mapper.GetDependencies([mapper.OutputSchema[model.Network.FeatureColumnName]]).Select(column => column.Name)];
    }

    /// <summary>The one column of the input that the label is made of; null where there is none, or no pipeline's own.</summary>
    public static string? LabelOf(LoadedModel model)
    {
        if (Schemas(model) is not [var input, .., var last] || last.GetColumnOrNull(model.Network.Model.Names.Label) is not { } label) return null;
        ITransformer steps = new TransformerChain<ITransformer>([.. model.Before]);
        // Of the tool's own, whatever the column was called, and needless to say.
        return steps.IsRowToRowMapper && steps.GetRowToRowMapper(input) is var mapper
            && mapper.GetDependencies([mapper.OutputSchema[label.Name]]).ToArray() is [{ Name: not Samples.Label and var source }]
            ? source
            : null;
    }

    /// <summary>
    /// Whether steps that the model does not have made other numbers of its features: it was saved for rows on which a pipeline apart from it was run.
    /// </summary>
    public static bool IsApart(LoadedModel model)
    {
        string features = model.Network.FeatureColumnName;
        if (Schemas(model) is not { } schemas || schemas[0].GetColumnOrNull(features) is null) return false;
        // The rows need not bring what a step of its own makes.
        for (int i = 1; i < schemas.Count; i++)
            if (IsMade(features, schemas[i - 1], schemas[i])) return false;
        HashSet<string> names = [features, .. model.Network.Model.FeatureNames];
        // A step that makes a column anew hides the one that was called so.
        return schemas[0].Any(column => names.Contains(column.Name) && (column.IsHidden || column.IsNormalized()));
    }

    /// <summary>The steps that have no column to work on where there are features and nothing else.</summary>
    private static IEnumerable<ITransformer> Idle(LoadedModel model)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn(model.Network.FeatureColumnName, model.Network.Model.Input.ColumnType);
        DataViewSchema schema = builder.ToSchema();
        foreach (ITransformer step in model.Before)
        {
            if (LoadedModel.SchemaAfter(step, schema) is { } next) schema = next;
            else yield return step;
        }
    }

    /// <summary>Whether the features are the input's own, or its columns side by side, whatever is done with all of them together afterwards.</summary>
    private static bool AreInputs(LoadedModel model, IReadOnlyList<DataViewSchema> schemas)
    {
        string features = model.Network.FeatureColumnName;
        ITransformer[] steps = [.. model.Before];
        string[] needed = [features];
        bool areJoined = false;
        for (int i = steps.Length - 1; i >= 0; i--)
        {
            DataViewSchema before = schemas[i], after = schemas[i + 1];
            // What a step makes hides what was called so; a selection hides and makes nothing.
            if (steps[i] is ColumnSelectingTransformer || !needed.Any(name => IsMade(name, before, after))) continue;
            if (!steps[i].IsRowToRowMapper) return false;
            string[] sources = [.. steps[i].GetRowToRowMapper(before).GetDependencies(needed.Select(name => after[name])).Select(column => column.Name)];
            if (steps[i] is ColumnConcatenatingTransformer && !areJoined) (areJoined, needed) = (true, sources);
            else if (areJoined || sources is not [var only] || only != features || !before[only].Type.Equals(after[only].Type)) return false;
        }
        DataViewType[] types = [.. needed.Select(name => schemas[0][name].Type)];
        return !areJoined || (model.Network.Model.FeatureNames.IsEmpty
            ? types is [VectorDataViewType]
            : types.All(type => type == NumberDataViewType.Single));
    }

    private static bool IsMade(string name, DataViewSchema before, DataViewSchema after)
        => after.Count(column => column.Name == name) > before.Count(column => column.Name == name) || !after[name].Type.Equals(before[name].Type);
}
