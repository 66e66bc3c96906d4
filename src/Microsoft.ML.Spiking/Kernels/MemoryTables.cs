namespace Microsoft.ML.Spiking.Kernels;

/// <summary>Tables in the first cache, of rows of 16 neurons: for registers that hold no table.</summary>
/// <remarks>
/// Here neurons are lanes: what a sample's 7 inputs choose is a row of 16 sums, which one addition takes in at 256 bits, and two at 128. Which rows
/// those are is worked out once a batch.
/// </remarks>
/// <param name="add">Adds a chunk of inputs to the currents, as <see cref="MemoryTableKernel.Add256"/> does.</param>
internal sealed unsafe class MemoryTables(MemoryTables.Addition add) : ITableCurrents
{
    private AlignedArray<ulong> _places = new(0);

    /// <summary>Adds a chunk of inputs to the currents of so many samples and steps, [step, sample, neuron].</summary>
    public delegate void Addition(short* tables, ulong* places, int samples, short* currents);

    public int TablesLength => MemoryTableKernel.TablesLength;

    private static int Chunks(PackedSpikes spikes) => (spikes.Inputs + MemoryTableKernel.ChunkInputs - 1) / MemoryTableKernel.ChunkInputs;

    public void Take(PackedSpikes spikes)
    {
        int chunks = Chunks(spikes), length = spikes.Blocks * chunks * spikes.Steps * PackedSpikes.Lanes;
        if (_places.Length != length) _places = new AlignedArray<ulong>(length);
        Parallel.For(0, spikes.Blocks * chunks, part => MemoryTableKernel.Find(
            spikes.Block(part / chunks), spikes.Words, part % chunks * MemoryTableKernel.ChunkInputs, spikes.Steps, Places(spikes, part)));
    }

    public void Run(short* weights, PackedSpikes spikes, int block, short* tables, short* currents)
    {
        int chunks = Chunks(spikes), samples = spikes.Steps * PackedSpikes.Lanes;
        new Span<short>(currents, samples * Lanes.Word).Clear();
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            int first = chunk * MemoryTableKernel.ChunkInputs;
            MemoryTableKernel.Build(weights + first * Lanes.Word, spikes.Inputs - first, tables);
            add(tables, Places(spikes, block * chunks + chunk), samples, currents);
        }
        MemoryTableKernel.LaneBySample(currents, spikes.Steps);
    }

    /// <summary>The places of a block and a chunk of inputs, [step, sample].</summary>
    private ulong* Places(PackedSpikes spikes, int part) => _places.First + (nint)part * spikes.Steps * PackedSpikes.Lanes;
}
