using Microsoft.ML.Spiking.Codes;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>A batch's input spikes as the tables look them up: of 12 inputs, one bit each, 16 bits hold two indices of 6.</summary>
/// <remarks>
/// The batch lies in blocks of 128 lanes, [block, step, word, lane]; lanes beyond the batch stay silent. A buffer that is used again for the next batch.
/// </remarks>
internal sealed unsafe class PackedSpikes
{
    /// <summary>Samples in a block: 128 lanes of 16 bits are four registers.</summary>
    public const int Lanes = 128;

    /// <summary>Inputs in a word.</summary>
    public const int WordInputs = 12;

    private readonly AlignedArray<ushort> _words;

    public PackedSpikes(int steps, int inputs, int batch)
    {
        (Steps, Inputs, Batch) = (steps, inputs, batch);
        Blocks = (batch + Lanes - 1) / Lanes;
        Words = (inputs + WordInputs - 1) / WordInputs;
        _words = new AlignedArray<ushort>(Blocks * steps * Words * Lanes);
    }

    public int Steps { get; }

    public int Inputs { get; }

    /// <summary>Samples.</summary>
    public int Batch { get; }

    public int Blocks { get; }

    /// <summary>Words of a sample in a step.</summary>
    public int Words { get; }

    /// <summary>A block's spikes, [step, word, lane].</summary>
    public ushort* Block(int block) => _words.First + (nint)block * Steps * Words * Lanes;

    /// <summary>Takes a sample's spikes from its spike train.</summary>
    public void Set(int sample, SpikeTrain train)
    {
        ushort* lane = Block(sample / Lanes) + sample % Lanes;
        for (int step = 0; step < Steps; step++)
        {
            ushort* words = lane + step * Words * Lanes;
            for (int word = 0; word < Words; word++) words[word * Lanes] = 0;
            foreach (int input in train[step]) words[input / WordInputs * Lanes] |= (ushort)(1 << input % WordInputs);
        }
    }
}
