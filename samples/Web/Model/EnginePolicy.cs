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
        SpikingNetworkOptions options = network.Model.Options;
        var picture = SchemaDefinition.Create(typeof(Picture));
        (picture[nameof(Picture.Pixels)].ColumnName, picture[nameof(Picture.Pixels)].ColumnType) = (network.FeatureColumnName, network.FeatureColumnType);
        var verdict = SchemaDefinition.Create(typeof(Verdict));
        verdict[nameof(Verdict.Label)].ColumnName = options.PredictedLabelColumnName;
        verdict[nameof(Verdict.Score)].ColumnName = options.ScoreColumnName;

        // An engine that owned the network would dispose it with itself.
        var engine = new PredictionEngineOptions { InputSchemaDefinition = picture, OutputSchemaDefinition = verdict, OwnsTransformer = false };
        lock (_making) return _ml.Model.CreatePredictionEngine<Picture, Verdict>(network, engine);
    }

    public override bool Return(PredictionEngine<Picture, Verdict> engine) => true;
}
