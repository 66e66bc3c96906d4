using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>Rows of a network's features and nothing else.</summary>
internal sealed class FeatureColumn(SpikingNetworkTransformer network)
{
    /// <summary>The column without a row.</summary>
    public IDataView Empty(MLContext ml)
        => network.Model.Input.IsSpikeTrain ? Of<TrainRow>(ml) : Of<IntensityRow>(ml);

    private IDataView Of<T>(MLContext ml) where T : class
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(T));
        schema[0].ColumnName = network.FeatureColumnName;
        schema[0].ColumnType = network.FeatureColumnType;
        return ml.Data.LoadFromEnumerable<T>([], schema);
    }

    private sealed class IntensityRow
    {
        public float[] Features { get; set; } = [];
    }

    private sealed class TrainRow
    {
        public bool[] Features { get; set; } = [];
    }
}
