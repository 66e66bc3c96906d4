using System.Runtime.InteropServices;

namespace Microsoft.ML.Spiking.Managed;

/// <summary>The statistics of a block as numbers of a known count, to be sent to other processes.</summary>
internal sealed class StatisticsForm
{
    private readonly (int Groups, bool ReadsSamples)[] _layers;
    private readonly int[] _measured;
    private readonly int _steps, _most;

    /// <param name="network">The network.</param>
    /// <param name="engine">What runs it.</param>
    /// <param name="steps">Time steps.</param>
    /// <param name="most">Rows of a block at the most.</param>
    public StatisticsForm(NetworkArrays network, ColumnEngine engine, int steps, int most)
    {
        (_steps, _most) = (steps, most);
        _layers = [.. network.Layers.Select(layer => (layer.Layer.Groups, layer.Columns?.Plasticity is { ReadsSamples: true }))];
        _measured = [.. engine.Measured.Select(array => array.Length)];
        Size = 1 + _layers.Sum(layer => 2 + layer.Groups * (1 + _steps * (1 + (layer.ReadsSamples ? _most : 0)))) + _measured.Sum();
    }

    /// <summary>How many numbers there are.</summary>
    public int Size { get; }

    /// <summary>Writes statistics.</summary>
    public void Write(BatchStatistics statistics, Span<float> numbers)
    {
        numbers[0] = BitConverter.Int32BitsToSingle(statistics.Rows);
        if (statistics.Rows == 0) return;
        int at = 1;
        foreach (LayerStatistics layer in statistics.Layers)
        {
            MemoryMarshal.Write(MemoryMarshal.AsBytes(numbers[at..]), layer.Spikes);
            at += 2;
            Put(layer.ColumnRates, numbers);
            Put(layer.Rates, numbers);
            if (layer.SampleRates is not { } samples) continue;
            int next = at + _most * layer.Rates.Length;
            Put(samples, numbers);
            at = next;
        }
        foreach (float[] measured in statistics.Measured) Put(measured, numbers);

        void Put(float[] part, Span<float> all)
        {
            part.CopyTo(all[at..]);
            at += part.Length;
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public BatchStatistics Read(ReadOnlySpan<float> numbers)
    {
        int rows = BitConverter.SingleToInt32Bits(numbers[0]), at = 1;
        if (rows == 0) return new BatchStatistics(0, [], []);
        var layers = new LayerStatistics[_layers.Length];
        for (int i = 0; i < layers.Length; i++)
        {
            var (groups, readsSamples) = _layers[i];
            double spikes = MemoryMarshal.Read<double>(MemoryMarshal.AsBytes(numbers[at..]));
            at += 2;
            float[] columnRates = Take(groups, numbers), rates = Take(_steps * groups, numbers);
            float[]? samples = readsSamples ? Take(_most * _steps * groups, numbers)[..(rows * _steps * groups)] : null;
            layers[i] = new LayerStatistics(columnRates, rates, samples, spikes);
        }
        return new BatchStatistics(rows, layers, [.. Measured(numbers[at..])]);

        float[] Take(int count, ReadOnlySpan<float> all)
        {
            at += count;
            return all[(at - count)..at].ToArray();
        }
    }

    private float[][] Measured(ReadOnlySpan<float> numbers)
    {
        var measured = new float[_measured.Length][];
        for (int i = 0; i < measured.Length; i++)
        {
            measured[i] = numbers[.._measured[i]].ToArray();
            numbers = numbers[_measured[i]..];
        }
        return measured;
    }
}
