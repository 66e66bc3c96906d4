using Microsoft.ML.Spiking.Hosting;
using Microsoft.ML.Spiking.Model;
using Microsoft.ML.Spiking.Onnx;
using Microsoft.ML.Spiking.Scoring;

namespace Microsoft.ML.Spiking.Transforms;

/// <summary>The spike rates that are added to the rows of one schema.</summary>
internal sealed class SpikingFeaturesColumns(SpikingFeaturesTransformer transformer, DataViewSchema input, DataViewSchema output) : AddedColumns(input, output)
{
    private readonly FeatureOrder? _order = FeatureOrder.Of(transformer.Model, input[transformer.InputColumnName]);

    public override DataViewSchema.Column Source => Input[transformer.InputColumnName];

    public override int BatchSize => ModelSize.RowsAtOnce;

    public override RowBlock Block(DataViewRow row, int capacity)
        => new SpikingFeaturesBlock(transformer, SampleReader.Create(row, Source, transformer.Model.Input, _order), capacity);

    public override void SaveOnnx(OnnxGraph graph)
    {
        OnnxOutputs outputs = OnnxNetwork.Run(graph, transformer.Model, _order, transformer.LoopsInOnnx);
        graph.Add(transformer.OutputColumnName, Output[transformer.OutputColumnName].Type, outputs.OrNaN(outputs.NeuronRates));
    }
}
