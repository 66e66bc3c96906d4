namespace Microsoft.ML.Spiking.Kernels;

/// <summary>Tables that registers of 512 bits hold: <see cref="TableKernel"/>.</summary>
internal sealed unsafe class RegisterTables : ITableCurrents
{
    public int TablesLength => TableKernel.TablesLength;

    /// <summary>Nothing: the kernel looks the spikes up as they are packed.</summary>
    public void Take(PackedSpikes spikes) { }

    public void Run(short* weights, PackedSpikes spikes, int block, short* tables, short* currents)
        => TableKernel.Run(weights, spikes, block, tables, currents);
}
