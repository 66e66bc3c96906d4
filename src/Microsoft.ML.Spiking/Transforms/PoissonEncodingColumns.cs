namespace Microsoft.ML.Spiking;

/// <summary>The spike trains that are added to the rows of one schema.</summary>
internal sealed class PoissonEncodingColumns(PoissonEncoding encoding, DataViewSchema input, DataViewSchema output) : AddedColumns(input, output)
{
    public override DataViewSchema.Column Source => Input[encoding.InputColumnName];

    public override int BatchSize => 1;

    public override RowBlock Block(DataViewRow row, int capacity)
        => new PoissonEncodingBlock(encoding, new IntensityReader(row, Source, InputShape.Of(Source.Type)!), capacity);
}
