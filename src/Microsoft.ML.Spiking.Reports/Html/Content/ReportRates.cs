namespace Microsoft.ML.Spiking;

/// <summary>Spike rates over some samples, in spikes per neuron and time step.</summary>
/// <param name="Samples">Number of samples.</param>
/// <param name="Excitatory">Of each excitatory neuron.</param>
/// <param name="Inhibitory">Of each inhibitory neuron.</param>
/// <param name="Columns">Of each cortical column.</param>
/// <param name="Target">The rate that homeostasis aims at; null without homeostasis.</param>
internal sealed record ReportRates(int Samples, float[] Excitatory, float[] Inhibitory, float[] Columns, float? Target)
{
    public static ReportRates Of(TrainedLayer layer, LayerRecording[] recordings)
    {
        int columns = recordings[0].Columns, neurons = recordings[0].NeuronsPerColumn, excitatory = recordings[0].ExcitatoryNeurons;
        float steps = recordings.Sum(recording => recording.Steps);
        var rates = new float[columns, neurons];
        foreach (LayerRecording recording in recordings)
            for (int column = 0; column < columns; column++)
                for (int neuron = 0; neuron < neurons; neuron++)
                    for (int step = 0; step < recording.Steps; step++)
                        if (recording.Fired(step, column, neuron)) rates[column, neuron] += 1 / steps;

        float[] Of(int column, int first, int end) => [.. Enumerable.Range(first, end - first).Select(neuron => MathF.Round(rates[column, neuron], 4))];
        int[] all = [.. Enumerable.Range(0, columns)];
        return new ReportRates(
            recordings.Length,
            [.. all.SelectMany(column => Of(column, 0, excitatory))],
            [.. all.SelectMany(column => Of(column, excitatory, neurons))],
            [.. all.Select(column => Of(column, 0, neurons).Average())],
            layer.Layer is ColumnLayer { Homeostasis: not null } ? layer.TargetRate : null);
    }
}
