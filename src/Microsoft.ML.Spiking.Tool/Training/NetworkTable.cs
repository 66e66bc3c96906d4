namespace Microsoft.ML.Spiking.Tool;

/// <summary>A <see cref="NetworkSize"/> for the eye.</summary>
internal static class NetworkTable
{
    public static void Draw(NetworkSize size, Terminal terminal)
    {
        void Line(string name, string value) => terminal.Output.WriteLine($"{name,-22}{value}");
        Line("data", size.Data);
        Line("network", $"{size.Inputs:N0} inputs -> {size.Columns} columns of {size.NeuronsPerColumn} neurons, {size.TimeSteps} steps -> {(size.HiddenUnits > 0 ? $"{size.HiddenUnits} hidden units -> " : "")}{size.Classes} classes");
        Line("neurons", Text.Count(size.Neurons));
        Line("synapses of inputs", Text.Count(size.InputSynapses));
        Line("column connections", Text.Count(size.Connections));
        Line("trained parameters", Text.Count(size.Parameters.All));
        Line("  of the columns", Text.Count(size.Parameters.Columns));
        Line("  between columns", Text.Count(size.Parameters.Connections));
        Line("  of the input scale", Text.Count(size.Parameters.InputScale));
        Line("  of the readout", Text.Count(size.Parameters.Readout));
        Line("dense multiply-adds", $"{Text.Count(size.DenseMultiplyAdds)} a prediction, of an ordinary network of the same layers; spikes cost less, as 'spiking report' counts");
    }
}
