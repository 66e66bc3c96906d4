using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Scoring;

/// <summary>Reads the input column of a row into memory that is used again for the next.</summary>
internal abstract class SampleReader(DataViewRow row, DataViewSchema.Column column, InputShape shape)
{
    /// <param name="row">Where to read.</param>
    /// <param name="column">The input column.</param>
    /// <param name="shape">What it holds.</param>
    /// <param name="order">Where the features stand in it; null where they stand as in training.</param>
    public static SampleReader Create(DataViewRow row, DataViewSchema.Column column, InputShape shape, FeatureOrder? order = null)
        => shape.IsSpikeTrain ? new SpikeTrainReader(row, column, shape, order) : new IntensityReader(row, column, shape, order);

    /// <summary>
    /// Whether the row that was read last has no vector: a null array, which ML.NET passes on as a vector of no values, whatever the column's type.
    /// </summary>
    public bool IsAbsent { get; private set; }

    /// <summary>Takes in the row's value.</summary>
    /// <returns>False where it is missing: absent, or not all of its numbers are finite.</returns>
    /// <exception cref="InvalidOperationException">It has another number of values than the column's type says.</exception>
    public abstract bool Read();

    /// <summary>A copy of the row that was read last, flat: numbers, or 0 and 1 of a spike train.</summary>
    public abstract float[] Copy();

    /// <summary>What tells the row that was read last from others.</summary>
    public abstract ulong Hash();

    /// <summary>Whether a row has a number, and all that it has are finite.</summary>
    protected bool IsComplete(ReadOnlySpan<float> row) => shape.IsComplete(row);

    /// <summary>Whether there is a vector of so many values to be taken in.</summary>
    protected bool Holds(int values)
    {
        IsAbsent = values == 0;
        if (IsAbsent || values == shape.Features) return !IsAbsent;
        string which = row is DataViewRowCursor ? $"Row {row.Position}, from 0, of" : "The row of";
        throw Trouble.Row.InvalidOperation(
            $"{which} '{column.Name}' holds {values} values, but {shape.Features} are needed; give it all of them, or null where it is missing.");
    }
}
