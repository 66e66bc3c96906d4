namespace Microsoft.ML.Spiking.Managed;

/// <summary>What a batch shows of a layer, as far as plasticity and homeostasis ask.</summary>
/// <param name="ColumnRates">Mean over batch and neurons of |spike rate|, [column].</param>
/// <param name="Rates">The columns' signed rates, means over the batch, [time, column].</param>
/// <param name="SampleRates">The columns' signed rates, [time, sample, column]; null where no rule reads them.</param>
/// <param name="Spikes">Spikes of all neurons, each counted as much as the other columns make it count, mean over the batch.</param>
internal sealed record LayerStatistics(float[] ColumnRates, float[] Rates, float[]? SampleRates, double Spikes)
{
    /// <summary>The statistics of a batch by those of its blocks.</summary>
    /// <param name="blocks">Of each block that has rows, in order.</param>
    /// <param name="rows">How many rows each has.</param>
    public static LayerStatistics Of(LayerStatistics[] blocks, int[] rows)
    {
        if (blocks.Length == 1) return blocks[0];
        double batch = rows.Sum();
        return new LayerStatistics(BatchStatistics.Mean([.. blocks.Select(block => block.ColumnRates)], rows),
            BatchStatistics.Mean([.. blocks.Select(block => block.Rates)], rows),
            blocks[0].SampleRates is null ? null : Joined([.. blocks.Select(block => block.SampleRates!)], rows, blocks[0].ColumnRates.Length),
            blocks.Select((block, i) => block.Spikes * rows[i]).Sum() / batch);
    }

    /// <summary>The samples of all blocks in one array, [time, sample, column].</summary>
    private static float[] Joined(float[][] blocks, int[] rows, int columns)
    {
        int steps = blocks[0].Length / (rows[0] * columns);
        var all = new float[blocks.Sum(block => block.Length)];
        for (int step = 0, at = 0; step < steps; step++)
            for (int block = 0; block < blocks.Length; block++)
            {
                int size = rows[block] * columns;
                blocks[block].AsSpan(step * size, size).CopyTo(all.AsSpan(at));
                at += size;
            }
        return all;
    }
}
