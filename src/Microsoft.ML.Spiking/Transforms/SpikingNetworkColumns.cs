namespace Microsoft.ML.Spiking;

/// <summary>What a spiking network adds to the rows of one schema.</summary>
internal sealed class SpikingNetworkColumns(SpikingNetworkTransformer transformer, DataViewSchema input, DataViewSchema output) : AddedColumns(input, output)
{
    public override DataViewSchema.Column Source => Input[transformer.FeatureColumnName];

    public override int BatchSize => 256;

    public override RowBlock Block(DataViewRow row, int capacity)
    {
        SampleReader reader = SampleReader.Create(row, Source, transformer.Model.Input);
        return transformer.Outputs.Block(transformer, reader, capacity);
    }
}
