namespace Microsoft.ML.Spiking;

/// <summary>What one prediction cost, as counts of events and operations: what an event-driven machine would do, beside an ordinary network of the same layers.</summary>
/// <remarks>Counts, not joules: what an operation costs depends on the machine.</remarks>
/// <param name="InputEvents">Inputs that were on, summed over the steps; an input that is held over all steps counts once.</param>
/// <param name="Spikes">Spikes of all neurons.</param>
/// <param name="SynapticOperations">
/// Synapses that something came through: of each input event, the neurons that see the input; of each spike, the columns that hear the neuron's; of each neuron that fired at all
/// and each hidden unit, the units of the readout's next layer.
/// </param>
/// <param name="DenseOperations">Multiply-adds of an ordinary network of the same layers and connections, which knows no time and computes every synapse once.</param>
public sealed record PredictionCost(long InputEvents, long Spikes, long SynapticOperations, long DenseOperations)
{
    internal static PredictionCost Of(SpikingModel model, SpikeRecording recording)
    {
        SpikingNetworkOptions options = model.Options;
        ReceptiveFields? fields = ReceptiveFields.Of(options, model.Input);
        int columns = options.Columns, neurons = options.NeuronsPerColumn, hidden = options.Readout.HiddenUnits;
        long afterNeurons = hidden > 0 ? hidden : model.Classes, afterHidden = (long)hidden * model.Classes;

        long events = 0, operations = afterHidden, spikes = 0;
        for (int step = 0; step < (recording.IsHeld ? 1 : recording.Steps); step++)
        {
            foreach (int input in recording.Inputs(step))
            {
                events++;
                for (int column = 0; column < columns; column++)
                    if (fields?.Sees(column, input) ?? true) operations += neurons;
            }
        }
        for (int pre = 0; pre < columns; pre++)
        {
            long hearers = 0;
            for (int post = 0; post < columns; post++)
                if (model.Topology[post, pre]) hearers++;
            spikes += recording.SpikeCount[pre];
            operations += recording.SpikeCount[pre] * hearers + recording.ActiveNeurons(pre) * afterNeurons;
        }

        long synapses = (long)columns * neurons * (fields?.FanIn ?? model.Input.Inputs) + (long)neurons * model.Topology.Connections;
        return new PredictionCost(events, spikes, operations, synapses + (long)columns * neurons * afterNeurons + afterHidden);
    }
}
