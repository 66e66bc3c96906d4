namespace Microsoft.ML.Spiking.Kernels;

/// <summary>Tables in the first cache, of rows of 16 neurons: for registers that hold no table.</summary>
/// <remarks>
/// Here neurons are lanes: what a sample's 6 inputs choose is a row of 16 sums, which one addition takes in at 256 bits, and two at 128. Where the rows
/// begin is worked out once a batch.
/// </remarks>
/// <param name="add">Adds a chunk of inputs to the currents, as <see cref="MemoryTableKernel.Add256"/> does.</param>
internal sealed unsafe class MemoryTables(MemoryTables.Addition add) : ITableCurrents
{
    private AlignedArray<ushort> _rows = new(0);

    /// <summary>Adds a chunk of inputs to the currents of so many samples and steps, [step, sample, neuron], or starts them with it.</summary>
    public delegate void Addition(short* tables, ushort* rows, int samples, short* currents, bool goesOn);

    public int TablesLength => MemoryTableKernel.TablesLength;

    private static int Chunks(PackedSpikes spikes) => (spikes.Words + MemoryTableKernel.ChunkWords - 1) / MemoryTableKernel.ChunkWords;

    public void Take(PackedSpikes spikes)
    {
        int chunks = Chunks(spikes), length = spikes.Blocks * chunks * spikes.Steps * PackedSpikes.Lanes * MemoryTableKernel.ChunkTables;
        if (_rows.Length != length) _rows = new AlignedArray<ushort>(length);
        Parallel.For(0, spikes.Blocks * chunks, part =>
        {
            int word = part % chunks * MemoryTableKernel.ChunkWords;
            MemoryTableKernel.Find(spikes.Block(part / chunks) + word * PackedSpikes.Lanes, spikes.Words * PackedSpikes.Lanes, spikes.Steps,
                Math.Min(MemoryTableKernel.ChunkWords, spikes.Words - word), Rows(spikes, part));
        });
    }

    public void Run(short* weights, PackedSpikes spikes, int block, short* tables, short* currents)
    {
        int stride = spikes.Words * PackedSpikes.WordInputs, chunks = Chunks(spikes), samples = spikes.Steps * PackedSpikes.Lanes;
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            int word = chunk * MemoryTableKernel.ChunkWords;
            MemoryTableKernel.Build(weights + word * PackedSpikes.WordInputs, stride, Math.Min(MemoryTableKernel.ChunkWords, spikes.Words - word), tables);
            ushort* rows = Rows(spikes, block * chunks + chunk);
            add(tables, rows, samples, currents, chunk > 0);
        }
        MemoryTableKernel.LaneBySample(currents, spikes.Steps);
    }

    /// <summary>Where the rows of a block and a chunk of inputs begin, [step, sample, table].</summary>
    private ushort* Rows(PackedSpikes spikes, int part) => _rows.First + (nint)part * spikes.Steps * PackedSpikes.Lanes * MemoryTableKernel.ChunkTables;
}
