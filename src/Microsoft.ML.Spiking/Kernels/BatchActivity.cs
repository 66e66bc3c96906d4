using System.Numerics.Tensors;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>What the columns did on a batch: the spikes of every neuron, and the columns' signed rates in every step.</summary>
/// <remarks>Samples are lanes, in blocks of 128. A buffer that is used again for the next batch.</remarks>
internal sealed unsafe class BatchActivity
{
    private readonly Lanes _lanes;
    private readonly AlignedArray<ulong> _spikes;
    private readonly AlignedFloats _rates, _gains;

    public BatchActivity(Lanes lanes, int steps, int batch)
    {
        (_lanes, Steps, Batch) = (lanes, steps, batch);
        Blocks = (batch + PackedSpikes.Lanes - 1) / PackedSpikes.Lanes;
        _spikes = new AlignedArray<ulong>(Blocks * lanes.Words * Lanes.Word * steps * 2);
        _rates = new AlignedFloats(Blocks * lanes.Columns * steps * PackedSpikes.Lanes);
        _gains = new AlignedFloats(_rates.Length);
    }

    public int Steps { get; }

    public int Batch { get; }

    public int Blocks { get; }

    /// <summary>Numbers of a column in a block.</summary>
    private int Part => Steps * PackedSpikes.Lanes;

    /// <summary>The spikes of a neuron, counted in lanes of <see cref="Lanes"/>, as bits, [step, 128 samples].</summary>
    public ulong* Spikes(int block, int lane) => _spikes.First + ((nint)block * _lanes.Words * Lanes.Word + lane) * Steps * 2;

    /// <summary>Mean over a column's neurons of their signed spikes, [step, sample].</summary>
    public Span<float> Rates(int block, int column) => _rates.Span.Slice((block * _lanes.Columns + column) * Part, Part);

    /// <summary>What each spike of a column counts, [step, sample]: 1 + modulation · influence.</summary>
    public Span<float> Gains(int block, int column) => _gains.Span.Slice((block * _lanes.Columns + column) * Part, Part);

    /// <summary>Computes a column's gains from the rates of those it hears: influence[t] = rate[t] · Wᵀ.</summary>
    /// <param name="block">A block.</param>
    /// <param name="column">A column.</param>
    /// <param name="heard">How much it hears of each column; mostly nothing.</param>
    /// <param name="modulation">How much influence changes what a spike counts.</param>
    public void Modulate(int block, int column, ReadOnlySpan<float> heard, float modulation)
    {
        Span<float> gains = Gains(block, column);
        gains.Fill(1);
        for (int pre = 0; pre < heard.Length; pre++)
            if (heard[pre] != 0) TensorPrimitives.MultiplyAdd(Rates(block, pre), modulation * heard[pre], gains, gains);
    }

    /// <summary>The rates' means over the batch, [step, column].</summary>
    public float[] MeanRates()
    {
        var mean = new float[Steps * _lanes.Columns];
        Parallel.For(0, _lanes.Columns, column =>
        {
            for (int block = 0; block < Blocks; block++)
            {
                int samples = Math.Min(PackedSpikes.Lanes, Batch - block * PackedSpikes.Lanes);
                for (int step = 0; step < Steps; step++)
                    mean[step * _lanes.Columns + column] += TensorPrimitives.Sum(Rates(block, column).Slice(step * PackedSpikes.Lanes, samples)) / Batch;
            }
        });
        return mean;
    }

    /// <summary>The rates of every sample, [step, sample, column].</summary>
    public float[] SampleRates()
    {
        var rates = new float[Steps * Batch * _lanes.Columns];
        Parallel.For(0, Steps, step =>
        {
            for (int column = 0; column < _lanes.Columns; column++)
                for (int sample = 0; sample < Batch; sample++)
                    rates[(step * Batch + sample) * _lanes.Columns + column] =
                        Rates(sample / PackedSpikes.Lanes, column)[step * PackedSpikes.Lanes + sample % PackedSpikes.Lanes];
        });
        return rates;
    }
}
