namespace Microsoft.ML.Spiking;

/// <summary>Reads the input column of a row into memory that is used again for the next.</summary>
internal abstract class SampleReader
{
    /// <param name="row">Where to read.</param>
    /// <param name="column">The input column.</param>
    /// <param name="shape">What it holds.</param>
    public static SampleReader Create(DataViewRow row, DataViewSchema.Column column, InputShape shape)
        => shape.IsSpikeTrain ? new SpikeTrainReader(row, column, shape) : new IntensityReader(row, column, shape);

    /// <summary>Takes in the row's value.</summary>
    /// <returns>False where it is missing: not all of its numbers are finite.</returns>
    public abstract bool Read();
}
