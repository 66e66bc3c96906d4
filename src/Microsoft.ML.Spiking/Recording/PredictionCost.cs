using Microsoft.ML.Spiking.Kernels;

namespace Microsoft.ML.Spiking;

/// <summary>
/// What one prediction cost, as counts of events and operations: what an event-driven machine would do, beside an ordinary network of the same layers.
/// </summary>
/// <remarks>Counts, not joules: what an operation costs depends on the machine.</remarks>
/// <param name="InputEvents">Inputs that were on, summed over the steps; an input that is held over all steps counts once.</param>
/// <param name="Spikes">Spikes of all neurons.</param>
/// <param name="SynapticOperations">
/// Synapses that something came through: of each input event, the neurons that see the input; of each spike, the columns that hear the neuron's; of each neuron
/// that fired at all, in each of the readout's windows, and each hidden unit, the units of the readout's next layer.
/// </param>
/// <param name="DenseOperations">Multiply-adds of an ordinary network of the same layers and connections, which knows no time and computes every synapse
/// once.</param>
public sealed record PredictionCost(long InputEvents, long Spikes, long SynapticOperations, long DenseOperations)
{
    internal static PredictionCost Of(SpikingModel model, SpikeRecording recording)
    {
        int hidden = model.Network.Readout.HiddenUnits, first = model.Network.Read.Start.GetOffset(model.Layers.Length);
        long afterNeurons = hidden > 0 ? hidden : model.Classes, afterHidden = (long)hidden * model.Classes;
        long events = 0, spikes = 0, operations = afterHidden, dense = afterHidden;
        for (int i = 0; i < model.Layers.Length; i++)
        {
            LayerRecording layer = recording.Layers[i];
            ReceptiveFields? fields = model.FieldsOf(i);
            (long inputs, long synapses) = OfInputs(layer, fields);
            if (i == 0) events = inputs;
            spikes += layer.SpikeCount.Sum(count => (long)count);
            operations += synapses + OfSpikes(model.Layers[i].Topology, layer, i >= first ? afterNeurons : 0);
            long neurons = (long)layer.Columns * layer.NeuronsPerColumn;
            dense += neurons * (fields?.FanIn ?? model.Layers[i].Inputs) + (long)layer.NeuronsPerColumn * model.Layers[i].Topology.Connections
                + (i >= first ? neurons * model.Network.Readout.Windows * afterNeurons : 0);
        }
        return new PredictionCost(events, spikes, operations, dense);
    }

    private static (long Events, long Operations) OfInputs(LayerRecording layer, ReceptiveFields? fields)
    {
        long events = 0, operations = 0;
        for (int step = 0; step < (layer.IsHeld ? 1 : layer.Steps); step++)
        {
            int arrivals = layer.Delays.Count(delay => layer.IsHeld || step + delay < layer.Steps);
            foreach (int input in layer.Inputs(step))
            {
                events++;
                for (int column = 0; column < layer.Columns; column++)
                    if (fields?.Sees(column, input) ?? true) operations += arrivals * layer.NeuronsPerColumn;
            }
        }
        return (events, operations);
    }

    private static long OfSpikes(Graph topology, LayerRecording layer, long afterNeurons)
    {
        long operations = 0;
        for (int pre = 0; pre < layer.Columns; pre++)
        {
            long hearers = 0;
            for (int post = 0; post < layer.Columns; post++)
                if (topology[post, pre]) hearers++;
            operations += layer.SpikeCount[pre] * hearers + layer.ActiveNeurons(pre) * afterNeurons;
        }
        return operations;
    }
}
