namespace Microsoft.ML.Spiking.Samples.Web;

/// <summary>Every spike of a prediction, for an animation; of several layers, those of the last.</summary>
/// <param name="Columns">Cortical columns.</param>
/// <param name="NeuronsPerColumn">Neurons in each.</param>
/// <param name="ExcitatoryNeurons">How many of each column's neurons, the first ones, are excitatory; the rest are inhibitory.</param>
/// <param name="Pixels">The picture as the network saw it, row by row, 0 to 1.</param>
/// <param name="Fired">The neurons that fired in each step, ascending: neuron n of column c is number c · NeuronsPerColumn + n.</param>
internal sealed record Recording(int Columns, int NeuronsPerColumn, int ExcitatoryNeurons, float[] Pixels, int[][] Fired)
{
    public static Recording Of(LayerRecording spikes, float[] pixels) => new(
        spikes.Columns, spikes.NeuronsPerColumn, spikes.ExcitatoryNeurons, pixels, [.. Enumerable.Range(0, spikes.Steps).Select(step => FiredIn(spikes, step))]);

    private static int[] FiredIn(LayerRecording spikes, int step)
    {
        List<int> fired = [];
        for (int column = 0; column < spikes.Columns; column++)
            for (int neuron = 0; neuron < spikes.NeuronsPerColumn; neuron++)
                if (spikes.Fired(step, column, neuron)) fired.Add(column * spikes.NeuronsPerColumn + neuron);
        return [.. fired];
    }
}
