using System.Globalization;

namespace Microsoft.ML.Spiking.Model;

/// <summary>Columns that tell the readout nothing, since they never fire or always do.</summary>
internal static class ColumnWarning
{
    /// <summary>A column is dead if it is silent on so many of the rows; the sentence below says it too.</summary>
    public const double Dead = 0.99;

    /// <summary>Spikes per neuron and step below which a column counts as dead while it is trained.</summary>
    public const double DeadRate = 0.001;

    /// <summary>Spikes per neuron and step above which a column counts as saturated while it is trained.</summary>
    public const double SaturatedRate = 0.9;

    /// <summary>A column is saturated if so many of its neurons spike in every step.</summary>
    public const double Saturated = 0.5;

    /// <summary>A sentence or two a layer of a model's dead and saturated columns, with the remedy; null where there are none.</summary>
    public static string? Of(SpikingModel model)
    {
        string[] sentences = [.. model.Layers.SelectMany((layer, i) => Of(layer, model.Layers.Length == 1 ? "" : $" of layer {i}"))];
        return sentences.Length == 0 ? null : string.Join(" ", sentences);
    }

    private static IEnumerable<string> Of(TrainedLayer layer, string where)
    {
        int[] dead = layer.DeadColumns, saturated = layer.SaturatedColumns;
        if (dead.Length > 0)
            yield return $"{Named(dead, layer, where)} silent: on 99 % of the training rows or more not one of their neurons spikes, and the readout learns "
                + "nothing from them. "
                + "The currents do not reach the thresholds: lower Excitatory.Threshold and Inhibitory.Threshold, raise ExcitatoryGain and InhibitoryGain, "
                + "or see whether the features say anything.";
        if (saturated.Length > 0)
            yield return $"{Named(saturated, layer, where)} saturated: half of their neurons or more spike in every step, whatever the row. "
                + "The currents drown the thresholds: raise Excitatory.Threshold and Inhibitory.Threshold, or lower ExcitatoryGain and InhibitoryGain.";
    }

    private static string Named(int[] columns, TrainedLayer layer, string where)
    {
        const int Most = 8;
        int all = layer.Layer.Groups;
        if (columns.Length == all) return $"All {all} columns{where} are";
        string names =
            string.Join(", ", columns.Take(Most).Select(column => column.ToString(CultureInfo.InvariantCulture))) + (columns.Length > Most ? " …" : "");
        return columns.Length == 1 ? $"Column {names} of {all}{where} is" : $"{columns.Length} of {all} columns{where} ({names}) are";
    }
}
