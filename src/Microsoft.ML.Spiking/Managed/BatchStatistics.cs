namespace Microsoft.ML.Spiking.Managed;

/// <summary>What a batch, or a block of it, shows of the layers before its gradient is known.</summary>
/// <param name="Rows">Its rows.</param>
/// <param name="Layers">Of each layer.</param>
/// <param name="Measured">What the engine goes on measuring from batch to batch (<see cref="ColumnEngine.Measured"/>).</param>
internal sealed record BatchStatistics(int Rows, LayerStatistics[] Layers, float[][] Measured)
{
    /// <summary>The statistics of a batch by those of its blocks, which are added in their order.</summary>
    /// <param name="blocks">Of each block; one without rows says nothing.</param>
    public static BatchStatistics Of(IEnumerable<BatchStatistics> blocks)
    {
        BatchStatistics[] all = [.. blocks.Where(block => block.Rows > 0)];
        if (all.Length == 1) return all[0];
        int[] rows = [.. all.Select(block => block.Rows)];
        return new BatchStatistics(rows.Sum(),
            [.. Enumerable.Range(0, all[0].Layers.Length).Select(i => LayerStatistics.Of([.. all.Select(block => block.Layers[i])], rows))],
            [.. Enumerable.Range(0, all[0].Measured.Length).Select(i => Mean([.. all.Select(block => block.Measured[i])], rows))]);
    }

    /// <summary>The mean over all rows of means over those of each block.</summary>
    public static float[] Mean(float[][] blocks, int[] rows)
    {
        double all = rows.Sum();
        var mean = new float[blocks[0].Length];
        for (int i = 0; i < mean.Length; i++)
        {
            double sum = 0;
            for (int block = 0; block < blocks.Length; block++) sum += (double)blocks[block][i] * rows[block];
            mean[i] = (float)(sum / all);
        }
        return mean;
    }
}
