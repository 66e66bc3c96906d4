using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Architecture;

namespace Microsoft.ML.Spiking.Transforms;

/// <summary>The produced columns with the annotations of a stock binary trainer with a calibrator.</summary>
internal static class BinarySchema
{
    private const string IsNormalized = "IsNormalized";

    /// <summary>The schema with the produced columns; they hide namesakes.</summary>
    public static DataViewSchema Extend(DataViewSchema input, SpikingModel model)
    {
        var set = new ScoreSet(input, "BinaryClassification");
        DataViewSchema.Annotations.Builder probability = new();
        probability.AddPrimitiveValue(IsNormalized, BooleanDataViewType.Instance, true);

        var schema = new DataViewSchema.Builder();
        schema.AddColumns(input);
        schema.AddColumn(model.Names.PredictedLabel, BooleanDataViewType.Instance, set.Annotate(new(), "PredictedLabel").ToAnnotations());
        schema.AddColumn(model.Names.Score, NumberDataViewType.Single, set.Annotate(new(), "Score").ToAnnotations());
        schema.AddColumn(model.Names.Probability, NumberDataViewType.Single, set.Annotate(probability, "Probability").ToAnnotations());
        schema.AddColumn(model.Names.SpikeRate, new VectorDataViewType(NumberDataViewType.Single, model.Network.AllColumns));
        CostColumn.AddTo(schema, model.Names.Cost);
        return schema.ToSchema();
    }

    /// <summary>The same, promised before there is a model.</summary>
    /// <param name="input">The shape of the input.</param>
    /// <param name="names">Names of the produced columns.</param>
    public static SchemaShape Promise(SchemaShape input, ColumnNames names)
    {
        const SchemaShape.Column.VectorKind Vector = SchemaShape.Column.VectorKind.Vector, Scalar = SchemaShape.Column.VectorKind.Scalar;
        SchemaShape set = new(ScoreSet.Promise), normalized = new([.. ScoreSet.Promise, MLNet.Column(IsNormalized, Scalar, BooleanDataViewType.Instance)]);
        var columns = input.ToDictionary(column => column.Name);
        foreach (SchemaShape.Column column in (SchemaShape.Column[])[
            MLNet.Column(names.PredictedLabel, Scalar, BooleanDataViewType.Instance, set),
            MLNet.Column(names.Score, Scalar, NumberDataViewType.Single, set),
            MLNet.Column(names.Probability, Scalar, NumberDataViewType.Single, normalized),
            MLNet.Column(names.SpikeRate, Vector, NumberDataViewType.Single), .. CostColumn.Promise(names.Cost)]) columns[column.Name] = column;
        return new SchemaShape(columns.Values);
    }
}
