namespace Microsoft.ML.Spiking.Kernels;

/// <summary>Input currents of 16 neurons for 128 samples, by tables instead of products.</summary>
/// <remarks>
/// The spikes of 6 inputs choose one of 64 sums of their weights, those of 7 one of 128 ("the method of four Russians", Arlazarov et al. 1970). The tables
/// take less time to build than to read from memory, so they are never stored. Sums are exact (<see cref="WeightGrid"/>), and so the same in every order.
/// </remarks>
internal unsafe interface ITableCurrents
{
    /// <summary>Numbers that the tables at hand together take.</summary>
    int TablesLength { get; }

    /// <summary>Takes a batch, before the currents of any neurons on it are computed.</summary>
    void Take(PackedSpikes spikes);

    /// <summary>current[t, n, b] = Σ over inputs i of weight[n, i] · spike[t, i, b], in whole units of the neuron's grid.</summary>
    /// <param name="weights">Of 16 neurons, [input, neuron], with as many inputs as the spikes' words hold.</param>
    /// <param name="spikes">Of the batch taken.</param>
    /// <param name="block">Which block of 128 samples.</param>
    /// <param name="tables">Room for <see cref="TablesLength"/> numbers.</param>
    /// <param name="currents">Receives [step, neuron, sample].</param>
    void Run(short* weights, PackedSpikes spikes, int block, short* tables, short* currents);
}
