namespace Microsoft.ML.Spiking;

/// <summary>Reads the input column of a row into memory that is used again for the next.</summary>
internal abstract class SampleReader
{
    /// <param name="row">Where to read.</param>
    /// <param name="column">The input column.</param>
    /// <param name="shape">What it holds.</param>
    /// <param name="order">Where the features stand in it; null where they stand as in training.</param>
    public static SampleReader Create(DataViewRow row, DataViewSchema.Column column, InputShape shape, FeatureOrder? order = null)
        => shape.IsSpikeTrain ? new SpikeTrainReader(row, column, shape, order) : new IntensityReader(row, column, shape, order);

    /// <summary>Takes in the row's value.</summary>
    /// <returns>False where it is missing: not all of its numbers are finite.</returns>
    public abstract bool Read();

    /// <summary>A copy of the row that was read last, flat: numbers, or 0 and 1 of a spike train.</summary>
    public abstract float[] Copy();
}
