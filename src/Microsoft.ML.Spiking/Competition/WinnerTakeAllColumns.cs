using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Hosting;
using Microsoft.ML.Spiking.Model;
using Microsoft.ML.Spiking.Scoring;

namespace Microsoft.ML.Spiking.Competition;

/// <summary>What a winner-take-all layer adds to the rows of one schema.</summary>
internal sealed class WinnerTakeAllColumns(WinnerTakeAllTransformer transformer, DataViewSchema input, DataViewSchema output) : AddedColumns(input, output)
{
    private readonly FeatureOrder? _order = FeatureOrder.Of(transformer.Model.FeatureNames, input[transformer.FeatureColumnName]);

    /// <summary>Why a layer's spikes cannot be exported.</summary>
    internal static NotSupportedException NoOnnx => Trouble.Onnx.NotSupported(
        "A WinnerTakeAll layer draws noise for every row, which ONNX cannot repeat; keep its model.zip, which needs no native library.");

    public override DataViewSchema.Column Source => Input[transformer.FeatureColumnName];

    public override int BatchSize => ModelSize.RowsAtOnce;

    public override RowBlock Block(DataViewRow row, int capacity)
        => new WinnerTakeAllBlock(transformer, new IntensityReader(row, Source, transformer.Model.Input, _order), capacity);

    public override void SaveOnnx(OnnxGraph graph) => throw NoOnnx;
}
