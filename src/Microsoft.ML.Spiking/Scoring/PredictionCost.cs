namespace Microsoft.ML.Spiking;

/// <summary>
/// What one prediction cost, as counts of events and operations: what an event-driven machine would do, beside an ordinary network of the same layers.
/// </summary>
/// <remarks>
/// <para>Counts of what the neurons really did on the row, not joules: what an operation costs depends on the machine.</para>
/// <para>A synaptic operation is one weight that is added because of one event. Of each input event, so many as there are synapses that it arrives through
/// before the last step: one of each neuron that sees the input, times the delays. Of each spike, one of each column that hears the neuron's column, and, where
/// another layer follows, one of each synapse that it arrives through there. The readout reads rates, once a row: each neuron that it reads and that fired at
/// all, in each of its windows anew, adds one weight to each unit of the next layer, and so does each hidden unit.</para>
/// </remarks>
/// <param name="InputEvents">Inputs that were on, summed over the steps; an input that is held over all steps, as a current, counts once.</param>
/// <param name="Spikes">Spikes of all neurons.</param>
/// <param name="SynapticOperations">Weights that were added.</param>
/// <param name="DenseOperations">Multiply-adds of an ordinary network of the same layers and connections, which knows no time and computes every synapse
/// once.</param>
public sealed record PredictionCost(long InputEvents, long Spikes, long SynapticOperations, long DenseOperations)
{
    /// <summary>Bytes of weights that the <see cref="SynapticOperations"/> read, 4 for each: weights are Single where a row is scored.</summary>
    public long BytesMoved => sizeof(float) * SynapticOperations;
}
