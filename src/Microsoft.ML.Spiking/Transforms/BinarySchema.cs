using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking;

/// <summary>The produced columns with the annotations of a stock binary trainer with a calibrator.</summary>
internal static class BinarySchema
{
    private const string IsNormalized = "IsNormalized";

    /// <summary>The schema with the four columns; they hide namesakes.</summary>
    public static DataViewSchema Extend(DataViewSchema input, SpikingModel model)
    {
        var set = new ScoreSet(input, "BinaryClassification");
        DataViewSchema.Annotations.Builder probability = new();
        probability.AddPrimitiveValue(IsNormalized, BooleanDataViewType.Instance, true);

        var schema = new DataViewSchema.Builder();
        schema.AddColumns(input);
        schema.AddColumn(model.Options.PredictedLabelColumnName, BooleanDataViewType.Instance, set.Annotate(new(), "PredictedLabel").ToAnnotations());
        schema.AddColumn(model.Options.ScoreColumnName, NumberDataViewType.Single, set.Annotate(new(), "Score").ToAnnotations());
        schema.AddColumn(model.Options.ProbabilityColumnName, NumberDataViewType.Single, set.Annotate(probability, "Probability").ToAnnotations());
        schema.AddColumn(model.Options.SpikeRateColumnName, new VectorDataViewType(NumberDataViewType.Single, model.Options.Columns));
        return schema.ToSchema();
    }

    /// <summary>The same, promised before there is a model.</summary>
    /// <param name="input">The shape of the input.</param>
    /// <param name="options">Names of the produced columns.</param>
    public static SchemaShape Promise(SchemaShape input, SpikingNetworkOptions options)
    {
        const SchemaShape.Column.VectorKind Vector = SchemaShape.Column.VectorKind.Vector, Scalar = SchemaShape.Column.VectorKind.Scalar;
        SchemaShape set = new(ScoreSet.Promise), normalized = new([.. ScoreSet.Promise, MLNet.Column(IsNormalized, Scalar, BooleanDataViewType.Instance)]);
        var columns = input.ToDictionary(column => column.Name);
        foreach (SchemaShape.Column column in (SchemaShape.Column[])[
            MLNet.Column(options.PredictedLabelColumnName, Scalar, BooleanDataViewType.Instance, set),
            MLNet.Column(options.ScoreColumnName, Scalar, NumberDataViewType.Single, set),
            MLNet.Column(options.ProbabilityColumnName, Scalar, NumberDataViewType.Single, normalized),
            MLNet.Column(options.SpikeRateColumnName, Vector, NumberDataViewType.Single)]) columns[column.Name] = column;
        return new SchemaShape(columns.Values);
    }
}
