using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Transforms;

/// <summary>How accuracy grows with what a row costs, time step by time step.</summary>
internal static class CostCurve
{
    // A name that no column of theirs has.
    private const string Cost = "What the prediction cost";

    /// <summary>A point of the curve.</summary>
    /// <param name="steps">Time steps that rows are shown for.</param>
    /// <param name="network">The network, of classes.</param>
    /// <param name="rows">Rows of features that do not bring their own time steps.</param>
    /// <param name="labelColumnName">Their column of labels.</param>
    /// <param name="classOf">Reads the class of a row, from 0; null where it has none that the network knows.</param>
    /// <param name="most">Rows to look at, the first ones.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>The mean over the rows with a label and an answer; null where there is none.</returns>
    public static CurvePoint? At(int steps, SpikingNetworkTransformer network, IDataView rows, string labelColumnName,
        Func<DataViewRow, DataViewSchema.Column, Func<int?>> classOf, long most = long.MaxValue, CancellationToken cancel = default)
    {
        IDataView scored = network.AtSteps(steps, rows).WithCost(Cost).Transform(rows);
        DataViewSchema.Column label = scored.Schema[labelColumnName], guess = scored.Schema[network.Model.Names.PredictedLabel], cost = scored.Schema[Cost];
        using DataViewRowCursor cursor = scored.GetRowCursor([label, guess, cost]);
        Func<int?> truth = classOf(cursor, label);
        ValueGetter<uint> getGuess = cursor.GetGetter<uint>(guess);
        ValueGetter<VBuffer<double>> getCost = cursor.GetGetter<VBuffer<double>>(cost);
        uint said = 0;
        VBuffer<double> counts = default;
        long count = 0, right = 0;
        double spikes = 0, operations = 0;
        while (cursor.Position + 1 < most && cursor.MoveNext())
        {
            cancel.ThrowIfCancellationRequested();
            getGuess(ref said);
            if (truth() is not { } its || said == 0) continue;
            getCost(ref counts);
            count++;
            if (said == its + 1) right++;
            (spikes, operations) = (spikes + counts.GetItemOrDefault(1), operations + counts.GetItemOrDefault(2));
        }
        return count == 0 ? null : new CurvePoint(steps, right / (double)count, spikes / count, operations / count);
    }
}
