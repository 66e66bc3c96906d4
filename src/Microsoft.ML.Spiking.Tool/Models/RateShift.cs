using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>
/// Rows that a network fires quite otherwise on than on those that it was trained on: images of ink on paper for one of light on dark, numbers in another unit.
/// </summary>
internal static class RateShift
{
    // So few rows may differ by themselves; so many tell.
    private const int FewestRows = 20, MostRows = 1000;

    // Other rows of the same kind stay within a tenth; pictures whose tone is turned around are beyond one and a half.
    private const double Most = 1.5;

    /// <summary>Warns where the network's mean spike rate is another.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="model">The model.</param>
    /// <param name="scored">The rows, scored.</param>
    /// <param name="warn">Told of it.</param>
    public static void Warn(MLContext ml, LoadedModel model, IDataView scored, Action<string> warn)
    {
        double trained = model.Network.Model.Layers.SelectMany(layer => layer.AverageRate).Average();
        double[] rates = [.. ml.Data.TakeRows(scored, MostRows).GetColumn<float[]>(model.Network.Model.Names.SpikeRate)
            .Where(row => row.Length > 0 && float.IsFinite(row[0])).Select(row => row.Average(rate => (double)rate))];
        if (rates.Length < FewestRows || trained == 0) return;
        double ratio = rates.Average() / trained;
        if (ratio is > 1 / Most and < Most) return;
        warn(FormattableString.Invariant(
            $"The network fires {ratio:0.0#} times as often on these rows as on those that it was trained on: they seem to be of another kind. ")
            + (model.ImageSize is null
                ? "Look at units and columns."
                : "Images may be dark on light where those were light on dark, or the other way (--invert)."));
    }
}
