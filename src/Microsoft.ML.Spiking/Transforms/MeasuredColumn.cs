using Microsoft.ML.Runtime;
using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Scoring;

namespace Microsoft.ML.Spiking.Transforms;

/// <summary>What the numbers of a column are like, for transforms that scale them.</summary>
internal static class MeasuredColumn
{
    /// <summary>Reads the column once.</summary>
    /// <exception cref="InvalidOperationException">No row holds finite numbers only.</exception>
    public static FeatureStatistics Of(IDataView data, DataViewSchema.Column column, InputShape shape, IHost host)
    {
        var meter = new FeatureMeter(shape);
        bool any = false;
        using DataViewRowCursor cursor = data.GetRowCursor([column]);
        var reader = new IntensityReader(cursor, column, shape);
        while (cursor.MoveNext())
        {
            MLNet.CheckAlive(host);
            if (!reader.Read()) continue;
            meter.Add(reader.Features.AsSpan(0, shape.Given(reader.Features)));
            any = true;
        }
        return any
            ? meter.Statistics()
            : throw Trouble.NoRows.InvalidOperation($"There is nothing to measure: no row of '{column.Name}' holds finite numbers only; "
                + "fit it to such rows, or let it measure nothing by FeatureScaling.None.");
    }
}
