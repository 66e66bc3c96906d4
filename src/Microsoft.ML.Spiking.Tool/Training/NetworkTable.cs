namespace Microsoft.ML.Spiking.Tool;

/// <summary>A <see cref="NetworkSize"/> for the eye.</summary>
internal static class NetworkTable
{
    public static void Draw(NetworkSize size, Terminal terminal)
    {
        terminal.Field("data", size.Data);
        terminal.Field("network", $"{size.Inputs:N0} inputs -> "
            + $"{string.Join(" -> ", size.Layers.Select(layer => layer.Words))}, {size.TimeSteps} steps -> "
            + $"{(size.HiddenUnits > 0 ? $"{size.HiddenUnits} hidden units -> " : "")}{size.Classes} classes");
        terminal.Field("neurons", Text.Count(size.Neurons));
        terminal.Field("synapses of inputs", Text.Count(size.InputSynapses));
        if (size.Layers.Sum(layer => layer.RecurrentSynapses) is > 0 and var within) terminal.Field("synapses within", Text.Count(within));
        terminal.Field("column connections", Text.Count(size.Connections));
        terminal.Field("trained parameters", Text.Count(size.Parameters.All));
        terminal.Field("  of the columns", Text.Count(size.Parameters.Columns));
        terminal.Field("  between columns", Text.Count(size.Parameters.Connections));
        terminal.Field("  of the input scale", Text.Count(size.Parameters.InputScale));
        terminal.Field("  of the readout", Text.Count(size.Parameters.Readout));
        terminal.Field("dense multiply-adds",
            $"{Text.Count(size.DenseMultiplyAdds)} a prediction, of an ordinary network of the same layers; spikes cost less, as 'spiking report' counts");
    }
}
