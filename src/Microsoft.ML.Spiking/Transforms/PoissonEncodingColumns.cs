using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Hosting;
using Microsoft.ML.Spiking.Scoring;

namespace Microsoft.ML.Spiking.Transforms;

/// <summary>The spike trains that are added to the rows of one schema.</summary>
internal sealed class PoissonEncodingColumns(PoissonEncodingTransformer transformer, DataViewSchema input, DataViewSchema output) : AddedColumns(input, output)
{
    public override DataViewSchema.Column Source => Input[transformer.Encoding.InputColumnName];

    public override int BatchSize => 1;

    public override RowBlock Block(DataViewRow row, int capacity)
        => new PoissonEncodingBlock(transformer.Encoding, transformer.Standardisation, new IntensityReader(row, Source, InputShape.Of(Source.Type)!), capacity);

    public override void SaveOnnx(OnnxGraph graph) => throw Trouble.Onnx.NotSupported(
        "A PoissonEncoding draws noise for every row, which ONNX cannot repeat; leave it out, and let the network encode intensities itself, by RateCode.");
}
