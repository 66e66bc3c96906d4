using Microsoft.ML.Spiking.Hosting;
using Microsoft.ML.Spiking.Model;
using Microsoft.ML.Spiking.Onnx;
using Microsoft.ML.Spiking.Scoring;

namespace Microsoft.ML.Spiking.Transforms;

/// <summary>What a spiking network adds to the rows of one schema.</summary>
internal sealed class SpikingNetworkColumns(SpikingNetworkTransformer transformer, DataViewSchema input, DataViewSchema output) : AddedColumns(input, output)
{
    private readonly FeatureOrder? _order = FeatureOrder.Of(transformer.Model, input[transformer.FeatureColumnName]);

    public override DataViewSchema.Column Source => Input[transformer.FeatureColumnName];

    public override int BatchSize => ModelSize.RowsAtOnce;

    public override RowBlock Block(DataViewRow row, int capacity)
    {
        SampleReader reader = SampleReader.Create(row, Source, transformer.Model.Input, _order);
        return transformer.Outputs.Block(transformer, reader, capacity);
    }

    public override void SaveOnnx(OnnxGraph graph)
    {
        CostColumn.RefuseOnnx(transformer.Model.Names.Cost);
        transformer.Outputs.SaveOnnx(graph, OnnxNetwork.Run(graph, transformer.Model, _order, transformer.LoopsInOnnx), transformer.Model);
    }
}
