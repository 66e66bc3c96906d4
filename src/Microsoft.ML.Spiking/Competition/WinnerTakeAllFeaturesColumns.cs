using Microsoft.ML.Spiking.Hosting;
using Microsoft.ML.Spiking.Model;
using Microsoft.ML.Spiking.Scoring;

namespace Microsoft.ML.Spiking.Competition;

/// <summary>The spikes that are added to the rows of one schema.</summary>
internal sealed class WinnerTakeAllFeaturesColumns(WinnerTakeAllFeaturesTransformer transformer, DataViewSchema input, DataViewSchema output)
    : AddedColumns(input, output)
{
    private readonly FeatureOrder? _order = FeatureOrder.Of(transformer.Model.FeatureNames, input[transformer.InputColumnName]);

    public override DataViewSchema.Column Source => Input[transformer.InputColumnName];

    public override int BatchSize => ModelSize.RowsAtOnce;

    public override RowBlock Block(DataViewRow row, int capacity)
        => new WinnerTakeAllFeaturesBlock(transformer, new IntensityReader(row, Source, transformer.Model.Input, _order), capacity);

    public override void SaveOnnx(OnnxGraph graph) => throw WinnerTakeAllColumns.NoOnnx;
}
