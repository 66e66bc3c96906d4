using System.Collections.Concurrent;
using System.Numerics.Tensors;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>All columns of a network whose weights lie on their grids: shows them a batch and sums up what they did.</summary>
/// <remarks>The unit of work is a column and a block of 128 samples. Each writes only what is its own, so threads change nothing.</remarks>
/// <param name="lanes">Where the neurons are.</param>
/// <param name="weights">Theirs.</param>
/// <param name="kernels">What computes; whichever it is, the result is the same.</param>
internal sealed unsafe class TableSimulation(Lanes lanes, TableWeights weights, BatchKernels kernels)
{
    private readonly ConcurrentBag<Scratch> _scratch = [];
    private readonly ITableCurrents _currents = kernels.Currents();

    public Lanes Lanes => lanes;

    /// <summary>Shows the columns a batch; the activity receives spikes and rates.</summary>
    public void Show(PackedSpikes spikes, BatchActivity activity)
    {
        if ((activity.Steps, activity.Batch) != (spikes.Steps, spikes.Batch))
            throw new ArgumentException($"The activity holds {activity.Batch} samples of {activity.Steps} steps, the spikes {spikes.Batch} of "
                + $"{spikes.Steps}; make the activity for the spikes.", nameof(activity));
        _currents.Take(spikes);
        OverColumns(activity, (block, column) => Show(spikes, activity, block, column));
    }

    /// <summary>Computes the gains, and from them what each neuron's spikes add up to.</summary>
    /// <param name="activity">Spikes and rates of a batch.</param>
    /// <param name="heard">How much each column hears of each other, [post, pre].</param>
    /// <param name="modulation">How much influence changes what a spike counts.</param>
    /// <param name="accumulated">Receives [column, neuron, lane], the lanes of all blocks in a row.</param>
    public void Accumulate(BatchActivity activity, float[] heard, float modulation, AlignedFloats accumulated) => OverColumns(activity, (block, column) =>
    {
        activity.Modulate(block, column, heard.AsSpan(column * lanes.Columns, lanes.Columns), modulation);
        fixed (float* gains = activity.Gains(block, column))
            for (int neuron = column * lanes.Neurons; neuron < (column + 1) * lanes.Neurons; neuron++)
                kernels.Forward(activity.Spikes(block, lanes.Of(neuron)), activity.Steps, gains, lanes.Sign[lanes.Of(neuron)],
                    Row(accumulated, activity, block, neuron));
    });

    /// <summary>∂loss/∂W[post, pre] = modulation · Σ over samples and time of ∂loss/∂gain[t, post] · rate[t, pre], where connected.</summary>
    /// <remarks>The gains are overwritten by their gradients.</remarks>
    public float[] Backward(BatchActivity activity, float[] heard, float modulation, AlignedFloats accumulated)
    {
        var parts = new float[activity.Blocks][];
        for (int block = 0; block < parts.Length; block++) parts[block] = new float[heard.Length];
        OverColumns(activity, (block, column) =>
        {
            Span<float> gains = activity.Gains(block, column);
            gains.Clear();
            fixed (float* g = gains)
                for (int neuron = column * lanes.Neurons; neuron < (column + 1) * lanes.Neurons; neuron++)
                    kernels.Backward(activity.Spikes(block, lanes.Of(neuron)), activity.Steps, Row(accumulated, activity, block, neuron),
                        lanes.Sign[lanes.Of(neuron)], g);
            for (int pre = 0, at = column * lanes.Columns; pre < lanes.Columns; pre++, at++)
                if (heard[at] != 0) parts[block][at] = modulation * TensorPrimitives.Dot(gains, activity.Rates(block, pre));
        });
        foreach (float[] part in parts.Skip(1)) TensorPrimitives.Add(parts[0], part, parts[0]);
        return parts[0];
    }

    private static float* Row(AlignedFloats accumulated, BatchActivity activity, int block, int neuron)
        => accumulated.First + ((nint)neuron * activity.Blocks + block) * PackedSpikes.Lanes;

    private void OverColumns(BatchActivity activity, Action<int, int> work)
        => Parallel.For(0, activity.Blocks * lanes.Columns, part => work(part / lanes.Columns, part % lanes.Columns));

    private void Show(PackedSpikes spikes, BatchActivity activity, int block, int column)
    {
        if (!_scratch.TryTake(out Scratch? scratch) || scratch.Steps != spikes.Steps) scratch = new Scratch(spikes.Steps, _currents.TablesLength);
        Span<float> rates = activity.Rates(block, column);
        rates.Clear();
        int end = (column + 1) * lanes.WordsPerColumn, counted = 0;
        scratch.Counts.Span.Clear();
        for (int word = column * lanes.WordsPerColumn; word < end; word++)
        {
            _currents.Run(weights.Word(word), spikes, block, scratch.Tables.First, scratch.Currents.First);
            for (int neuron = 0; neuron < Lanes.Word; neuron++)
            {
                int lane = word * Lanes.Word + neuron;
                kernels.Run(
                    scratch.Currents.First + neuron * PackedSpikes.Lanes, Lanes.Word * PackedSpikes.Lanes, spikes.Steps, lanes, lane, weights.Scale[lane],
                    activity.Spikes(block, lane), scratch.Counts.First);
            }
            counted += Lanes.Word;
            if (counted + Lanes.Word <= sbyte.MaxValue && word + 1 < end) continue;
            counted = 0;
            ReadOnlySpan<sbyte> counts = scratch.Counts.Span;
            for (int i = 0; i < rates.Length; i++) rates[i] += counts[i];
            scratch.Counts.Span.Clear();
        }
        TensorPrimitives.Divide(rates, lanes.Neurons, rates);
        _scratch.Add(scratch);
    }

    /// <summary>What one thread needs: all of it stays in the core's caches.</summary>
    private sealed class Scratch(int steps, int tables)
    {
        public int Steps => steps;

        public AlignedArray<short> Tables { get; } = new(tables);

        /// <summary>Of a word's 16 neurons, [step, neuron, sample].</summary>
        public AlignedArray<short> Currents { get; } = new(steps * Lanes.Word * PackedSpikes.Lanes);

        /// <summary>Signed spikes of so many words' neurons that 8 bits hold them, [step, sample].</summary>
        public AlignedArray<sbyte> Counts { get; } = new(steps * PackedSpikes.Lanes);
    }
}
