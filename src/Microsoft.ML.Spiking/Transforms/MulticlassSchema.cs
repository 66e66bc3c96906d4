using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking;

/// <summary>The produced columns with the annotations of a stock multiclass trainer, by which evaluators and AutoML know them.</summary>
internal static class MulticlassSchema
{
    private const string SetId = "ScoreColumnSetId", Kind = "ScoreColumnKind", ValueKind = "ScoreValueKind", KeyValues = "KeyValues", SlotNames = "SlotNames", TrainingLabelValues = "TrainingLabelValues";

    /// <summary>The schema with the three columns; they hide namesakes.</summary>
    public static DataViewSchema Extend(DataViewSchema input, SpikingModel model, LabelValues? labels)
    {
        uint set = NextSet(input);
        DataViewSchema.Annotations.Builder predicted = new(), score = new();
        if (labels is not null)
        {
            predicted.Add(KeyValues, labels.Type, labels.Getter);
            if (labels.AreText) score.Add(SlotNames, labels.Type, labels.Getter);
            score.Add(TrainingLabelValues, labels.Type, labels.Getter);
        }
        AddSet(predicted, "PredictedLabel", set);
        AddSet(score, "Score", set);

        var schema = new DataViewSchema.Builder();
        schema.AddColumns(input);
        schema.AddColumn(model.Options.PredictedLabelColumnName, new KeyDataViewType(typeof(uint), model.Classes), predicted.ToAnnotations());
        schema.AddColumn(model.Options.ScoreColumnName, new VectorDataViewType(NumberDataViewType.Single, model.Classes), score.ToAnnotations());
        schema.AddColumn(model.Options.SpikeRateColumnName, new VectorDataViewType(NumberDataViewType.Single, model.Options.Columns));
        return schema.ToSchema();
    }

    /// <summary>The same, promised before there is a model.</summary>
    /// <param name="input">The shape of the input.</param>
    /// <param name="options">Names of the produced columns.</param>
    /// <param name="label">The label column.</param>
    public static SchemaShape Promise(SchemaShape input, SpikingNetworkOptions options, SchemaShape.Column label)
    {
        const SchemaShape.Column.VectorKind Vector = SchemaShape.Column.VectorKind.Vector, Scalar = SchemaShape.Column.VectorKind.Scalar;
        SchemaShape.Column[] set = [MLNet.Key(SetId), MLNet.Column(Kind, Scalar, TextDataViewType.Instance), MLNet.Column(ValueKind, Scalar, TextDataViewType.Instance)];
        List<SchemaShape.Column> predicted = [.. set], score = [.. set];
        if (MLNet.Find(label.Annotations, KeyValues) is { Kind: Vector } values)
        {
            predicted.Add(MLNet.Column(KeyValues, Vector, values.ItemType));
            score.Add(MLNet.Column(TrainingLabelValues, Vector, values.ItemType));
            if (values.ItemType is TextDataViewType) score.Add(MLNet.Column(SlotNames, Vector, values.ItemType));
        }

        var columns = input.ToDictionary(column => column.Name);
        foreach (SchemaShape.Column column in (SchemaShape.Column[])[
            MLNet.Key(options.PredictedLabelColumnName, new SchemaShape(predicted)),
            MLNet.Column(options.ScoreColumnName, Vector, NumberDataViewType.Single, new SchemaShape(score)),
            MLNet.Column(options.SpikeRateColumnName, Vector, NumberDataViewType.Single)]) columns[column.Name] = column;
        return new SchemaShape(columns.Values);
    }

    private static void AddSet(DataViewSchema.Annotations.Builder annotations, string valueKind, uint set)
    {
        annotations.Add(SetId, new KeyDataViewType(typeof(uint), int.MaxValue), (ref uint id) => id = set);
        annotations.AddPrimitiveValue(Kind, TextDataViewType.Instance, "MulticlassClassification".AsMemory());
        annotations.AddPrimitiveValue(ValueKind, TextDataViewType.Instance, valueKind.AsMemory());
    }

    /// <summary>One more than the largest set of score columns in the input.</summary>
    private static uint NextSet(DataViewSchema input)
    {
        uint next = 1;
        foreach (DataViewSchema.Column column in input)
        {
            if (column.Annotations.Schema.GetColumnOrNull(SetId) is not { Type: KeyDataViewType { RawType: var raw } } || raw != typeof(uint)) continue;
            uint id = 0;
            column.Annotations.GetValue(SetId, ref id);
            next = Math.Max(next, id + 1);
        }
        return next;
    }
}
