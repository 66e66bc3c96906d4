using Microsoft.Extensions.ObjectPool;
using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Samples.Web;

/// <summary>Makes prediction engines for a pool: an engine serves one thread at a time, and the network itself all of them.</summary>
internal sealed class EnginePolicy(SpikingNetworkTransformer network) : PooledObjectPolicy<PredictionEngine<Picture, Verdict>>
{
    private readonly Lock _making = new();
    private readonly MLContext _ml = new();

    public override PredictionEngine<Picture, Verdict> Create()
    {
        var picture = SchemaDefinition.Create(typeof(Picture));
        (picture[nameof(Picture.Pixels)].ColumnName, picture[nameof(Picture.Pixels)].ColumnType) = (network.FeatureColumnName, network.FeatureColumnType);
        var verdict = SchemaDefinition.Create(typeof(Verdict));
        verdict[nameof(Verdict.Label)].ColumnName = OutputOf("PredictedLabel");
        verdict[nameof(Verdict.Score)].ColumnName = OutputOf("Score");

        // The network is all engines': none owns it.
        var engine = new PredictionEngineOptions { InputSchemaDefinition = picture, OutputSchemaDefinition = verdict, OwnsTransformer = false };
        lock (_making) return _ml.Model.CreatePredictionEngine<Picture, Verdict>(network, engine);
    }

    /// <summary>The name of the network's output of such a kind; what options called it, its annotation says it is.</summary>
    private string OutputOf(string kind)
    {
        var input = new DataViewSchema.Builder();
        input.AddColumn(network.FeatureColumnName, network.FeatureColumnType);
        return network.GetOutputSchema(input.ToSchema()).Single(column => KindOf(column) == kind).Name;
    }

    private static string? KindOf(DataViewSchema.Column column)
    {
        const string ValueKind = "ScoreValueKind";
        if (column.Annotations.Schema.GetColumnOrNull(ValueKind) is null) return null;
        ReadOnlyMemory<char> kind = default;
        column.Annotations.GetValue(ValueKind, ref kind);
        return kind.ToString();
    }

    public override bool Return(PredictionEngine<Picture, Verdict> engine) => true;
}
