using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Samples;

/// <summary>Reads how much a row counts.</summary>
internal static class ExampleWeight
{
    /// <summary>Gives 1 where there is no column, and NaN where the weight is missing.</summary>
    /// <exception cref="InvalidOperationException">From what is returned: a weight is negative or infinite.</exception>
    public static Func<float> Reader(DataViewRow row, DataViewSchema.Column? column)
    {
        if (column is not { } weights) return () => 1;
        var get = row.GetGetter<float>(weights);
        float weight = 0;
        return () =>
        {
            get(ref weight);
            return weight < 0 || float.IsInfinity(weight)
                ? throw Trouble.Row.InvalidOperation(
                    $"Row {row.Position} has the weight {Require.Said(weight)} in '{weights.Name}', but a weight must be finite and not be negative; "
                    + "mend the column, or give NaN for a row to leave out.")
                : weight;
        };
    }
}
