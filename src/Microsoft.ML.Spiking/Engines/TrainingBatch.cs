using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Engines;

/// <summary>What one step trains on: some places of an epoch, one after the other.</summary>
/// <param name="Epoch">The epoch.</param>
/// <param name="First">The first place.</param>
/// <param name="Count">How many.</param>
/// <param name="Noise">The batch's own source of noise.</param>
internal sealed record TrainingBatch(TrainingEpoch Epoch, int First, int Count, CounterRandom Noise)
{
    /// <summary>A batch that is all of its epoch.</summary>
    public TrainingBatch(int[] rows, int[] labels, float[]? weights, CounterRandom noise)
        : this(new TrainingEpoch(rows, labels, weights), 0, rows.Length, noise)
    {
    }

    /// <summary>Which of the rows that the engine has.</summary>
    public int[] Rows { get; } = Epoch.Rows[First..(First + Count)];

    /// <summary>Their classes from 0.</summary>
    public int[] Labels { get; } = Epoch.Labels[First..(First + Count)];

    /// <summary>
    /// How much each counts in the loss, 1 on the mean of all training rows; null where all count alike. Plasticity and homeostasis follow what the columns
    /// do, whatever a row weighs.
    /// </summary>
    public float[]? Weights { get; } = Epoch.Weights?[First..(First + Count)];

    /// <summary>
    /// The batch in blocks, each with a source of noise of its own: block b holds the rows whose number leaves b when it is divided by the number of blocks,
    /// as a schedule in blocks puts them side by side.
    /// </summary>
    /// <param name="count">How many blocks; one may be without rows.</param>
    public TrainingBatch[] Blocks(int count)
    {
        var blocks = new TrainingBatch[count];
        for (int block = 0, at = 0; block < count; block++)
        {
            int start = at;
            while (at < Count && Rows[at] % count == block) at++;
            blocks[block] = new TrainingBatch(Epoch, First + start, at - start, Noise.For((ulong)block));
        }
        return blocks;
    }

    /// <summary>What all rows weigh together; their number where all count alike.</summary>
    public double TotalWeight => Weights?.Sum(weight => (double)weight) ?? Count;
}
