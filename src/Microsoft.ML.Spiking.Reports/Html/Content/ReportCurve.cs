using Microsoft.ML.Spiking.Transforms;

namespace Microsoft.ML.Spiking;

/// <summary>How accuracy grows with what a prediction costs, where the network is shown its samples for fewer time steps.</summary>
/// <param name="Samples">Rows that it was measured on, at most; those without a label or an answer are none of it.</param>
/// <param name="Points">From the fewest steps to all.</param>
internal sealed record ReportCurve(int Samples, IReadOnlyList<CurvePoint> Points)
{
    private const int MostPoints = 16;

    /// <returns>Null where there is nothing to choose: no labels, a single step, or rows that bring their own.</returns>
    public static ReportCurve? Of(SpikingNetworkTransformer network, IDataView data, ScoredData scored, SpikingReportOptions options)
    {
        SpikingModel model = network.Model;
        int steps = model.Steps, rows = Math.Min(options.CurveSamples, options.MaximumRows ?? int.MaxValue), points = Math.Min(steps, MostPoints);
        if (scored.Labelled == 0 || steps == 1 || model.Input.Steps is not null) return null;
        CurvePoint[] curve =
        [
            .. Enumerable.Range(1, points).Select(i => i * steps / points).Where(fewer => fewer >= model.Network.Readout.Windows)
                .Select(fewer => CostCurve.At(fewer, network, data, model.Names.Label, (row, label) => LabelReader.Of(row, label, scored.Classes), rows))
                .OfType<CurvePoint>(),
        ];
        return curve.Length == 0 ? null : new ReportCurve(rows, curve);
    }
}
