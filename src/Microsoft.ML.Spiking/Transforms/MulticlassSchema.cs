using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Hosting;

namespace Microsoft.ML.Spiking.Transforms;

/// <summary>The produced columns with the annotations of a stock multiclass trainer, by which evaluators and AutoML know them.</summary>
internal static class MulticlassSchema
{
    private const string KeyValues = "KeyValues", SlotNames = "SlotNames", TrainingLabelValues = "TrainingLabelValues";

    /// <summary>The schema with the produced columns; they hide namesakes.</summary>
    /// <param name="input">The schema.</param>
    /// <param name="names">Names of the produced columns.</param>
    /// <param name="classCount">Number of classes.</param>
    /// <param name="rates">Numbers in the column of spike rates.</param>
    /// <param name="labels">What the classes' keys stand for; null where the label had no values.</param>
    public static DataViewSchema Extend(DataViewSchema input, ColumnNames names, int classCount, int rates, LabelValues? labels)
    {
        var set = new ScoreSet(input, "MulticlassClassification");
        DataViewSchema.Annotations.Builder predicted = new(), score = new();
        if (labels is not null)
        {
            predicted.Add(KeyValues, labels.Type, labels.Getter);
            if (labels.AreText) score.Add(SlotNames, labels.Type, labels.Getter);
            score.Add(TrainingLabelValues, labels.Type, labels.Getter);
        }

        var schema = new DataViewSchema.Builder();
        schema.AddColumns(input);
        var key = new KeyDataViewType(typeof(uint), classCount);
        schema.AddColumn(names.PredictedLabel, key, set.Annotate(predicted, "PredictedLabel").ToAnnotations());
        var classes = new VectorDataViewType(NumberDataViewType.Single, classCount);
        schema.AddColumn(names.Score, classes, set.Annotate(score, "Score").ToAnnotations());
        schema.AddColumn(names.SpikeRate, new VectorDataViewType(NumberDataViewType.Single, rates));
        CostColumn.AddTo(schema, names.Cost);
        return schema.ToSchema();
    }

    /// <summary>The same, promised before there is a model.</summary>
    /// <param name="input">The shape of the input.</param>
    /// <param name="names">Names of the produced columns.</param>
    /// <param name="label">The label column.</param>
    public static SchemaShape Promise(SchemaShape input, ColumnNames names, SchemaShape.Column label)
    {
        const SchemaShape.Column.VectorKind Vector = SchemaShape.Column.VectorKind.Vector;
        List<SchemaShape.Column> predicted = [.. ScoreSet.Promise], score = [.. ScoreSet.Promise];
        if (MLNet.Find(label.Annotations, KeyValues) is { Kind: Vector } values)
        {
            predicted.Add(MLNet.Column(KeyValues, Vector, values.ItemType));
            score.Add(MLNet.Column(TrainingLabelValues, Vector, values.ItemType));
            if (values.ItemType is TextDataViewType) score.Add(MLNet.Column(SlotNames, Vector, values.ItemType));
        }

        var columns = input.ToDictionary(column => column.Name);
        foreach (SchemaShape.Column column in (SchemaShape.Column[])[
            MLNet.Key(names.PredictedLabel, new SchemaShape(predicted)),
            MLNet.Column(names.Score, Vector, NumberDataViewType.Single, new SchemaShape(score)),
            MLNet.Column(names.SpikeRate, Vector, NumberDataViewType.Single), .. CostColumn.Promise(names.Cost)]) columns[column.Name] = column;
        return new SchemaShape(columns.Values);
    }
}
