using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Microsoft.ML.Spiking.Codes;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>
/// All columns on samples whose input is the same in every step: no loop over time, each neuron's current says which raster it fires, to the bit as stepping
/// it would.
/// </summary>
/// <remarks>
/// Neurons that stay silent cost a comparison. What a neuron's spikes add up to depends on its column and its raster alone, so it is added up once for each
/// such pair. Buffers that are used again for the next samples; one thread at a time.
/// </remarks>
internal sealed class ConstantSimulation
{
    // Columns whose sums are added up side by side.
    private const int Block = 2 * Lanes.Word;

    private readonly ColumnSimulation _columns;
    private readonly LayerRasters _rasters;
    private readonly Lanes _lanes;
    private readonly int _steps;
    private readonly float _modulation;
    private readonly Firing[] _firing;
    private readonly float[] _rates, _gains, _silent;
    private readonly AlignedFloats _sums;   // [raster, column within the block]
    private readonly bool[] _summed;   // whether a raster's sums are there
    private readonly float[] _currents = new float[Lanes.Panel];

    /// <param name="columns">The columns.</param>
    /// <param name="rasters">Their neurons' rasters.</param>
    /// <param name="rows">Samples that it is shown at most at once.</param>
    public ConstantSimulation(ColumnSimulation columns, LayerRasters rasters, int rows)
    {
        (_columns, _rasters, _lanes, _steps, _modulation) = (columns, rasters, columns.Lanes, rasters.Steps, columns.Modulation);
        _firing = [.. Enumerable.Range(0, rows).Select(_ => new Firing(_lanes.Columns, _lanes.Columns * _lanes.Neurons))];
        _rates = new float[rows * _steps * _lanes.Columns];
        _gains = new float[_steps * _lanes.Columns + Block];   // a block may reach beyond the last column
        _sums = new AlignedFloats(rasters.Rasters.Length * Block);
        _summed = new bool[rasters.Rasters.Length];
        _silent = [.. Enumerable.Range(0, _lanes.Columns * _lanes.Neurons).Select(neuron => 0f * _lanes.Sign[_lanes.Of(neuron)])];
    }

    /// <summary>Shows all neurons some samples.</summary>
    /// <param name="stimuli">The samples, all constant.</param>
    public void Show(ReadOnlySpan<Stimulus> stimuli)
    {
        for (int row = 0; row < stimuli.Length; row++) _firing[row].Clear();
        int share = 0;
        for (int panel = 0; panel < _lanes.Panels; panel++)
        {
            int first = share;
            while (share < _lanes.Shares.Length && _lanes.Shares[share].Panel == panel) share++;
            // Row by row, while the panel's weights are in the cache.
            for (int row = 0; row < stimuli.Length; row++)
            {
                Range seen = _columns.Seen[panel].Of(stimuli[row].Inputs);
                CurrentKernel.OfConstant(stimuli[row].Inputs[seen], stimuli[row].Values[seen], _columns.Weights[panel], _currents);
                Fire(panel, _lanes.Shares.AsSpan(first, share - first), _firing[row], Rates(row));
            }
        }
    }

    /// <summary>Sums up what a sample's neurons fired, each spike counted as much as the other columns' influence makes it count.</summary>
    /// <param name="row">Which sample.</param>
    /// <param name="interWeights">The weights between columns, as a layer.</param>
    /// <param name="spikeRates">Receives the sum over the steps, [column, neuron].</param>
    /// <param name="columnRates">Receives the mean size of each column's, [column].</param>
    public void Read(int row, DenseKernel interWeights, Span<float> spikeRates, Span<float> columnRates)
    {
        int columns = _lanes.Columns;
        interWeights.Run(Rates(row), _gains.AsSpan(0, _steps * columns), _steps);
        Modulate(_gains, _modulation);
        _silent.CopyTo(spikeRates);
        Firing firing = _firing[row];
        int at = 0;
        for (int column = 0; column < columns; column++)
        {
            if (column % Block == 0) Array.Clear(_summed);
            at = Read(firing, at, column, spikeRates, out float sum);
            columnRates[column] = sum / _lanes.Neurons;
        }
    }

    /// <inheritdoc cref="ColumnActivity.CountExtremes"/>
    public void CountExtremes(int row, Span<int> active, Span<int> constant)
    {
        Firing firing = _firing[row];
        ulong every = ulong.MaxValue >> RasterTable.MaximumSteps - _steps;
        for (int column = 0, at = 0; column < _lanes.Columns; column++)
        {
            active[column] += firing.Ends[column] - at;
            for (; at < firing.Ends[column]; at++)
                if (_rasters.Rasters[firing.Rasters[at]] == every) constant[column]++;
        }
    }

    private Span<float> Rates(int row) => _rates.AsSpan(row * _steps * _lanes.Columns, _steps * _lanes.Columns);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Fire(int panel, ReadOnlySpan<PanelShare> shares, Firing firing, Span<float> rates)
    {
        ulong fires = Firing(panel * Lanes.Panel);
        ref Vector512<sbyte> spikes = ref Unsafe.As<sbyte, Vector512<sbyte>>(ref MemoryMarshal.GetReference(_rasters.Spikes.Span));
        foreach (PanelShare share in shares)
        {
            int toNeuron = panel * Lanes.Panel - share.Column * (_lanes.WordsPerColumn * Lanes.Word - _lanes.Neurons);
            Vector512<sbyte> sum = Vector512<sbyte>.Zero;   // of 64 neurons at most, so no lane overflows
            int count = firing.Count;
            for (ulong bits = fires & share.Excitatory; bits != 0; bits &= bits - 1, count++)
            {
                int lane = BitOperations.TrailingZeroCount(bits), raster = _rasters.Excitatory.IndexOfFiring(_currents[lane]);
                sum += Unsafe.Add(ref spikes, raster);
                (firing.Neurons[count], firing.Rasters[count]) = (toNeuron + lane, (ushort)raster);
            }
            for (ulong bits = fires & share.Inhibitory; bits != 0; bits &= bits - 1, count++)
            {
                int lane = BitOperations.TrailingZeroCount(bits);
                int raster = _rasters.Excitatory.Rasters.Length + _rasters.Inhibitory.IndexOfFiring(_currents[lane]);
                sum += Unsafe.Add(ref spikes, raster);
                (firing.Neurons[count], firing.Rasters[count]) = (toNeuron + lane, (ushort)raster);
            }
            firing.Count = firing.Ends[share.Column] = count;
            firing.Add(sum);
            // A column's last share writes its rates; those before it leave them to it.
            if ((panel + 1) * Lanes.Panel >= (share.Column + 1) * _lanes.WordsPerColumn * Lanes.Word)
                firing.Rate(_lanes.Neurons, rates[share.Column..], _lanes.Columns);
        }
    }

    /// <summary>The lanes of a panel whose neurons fire at all, as bits.</summary>
    private ulong Firing(int lane)
    {
        ref float current = ref _currents[0], breakpoint = ref _rasters.Breakpoints.Span[lane];
        ulong fires = 0;
        for (int word = 0; word < Lanes.Panel; word += Lanes.Word)
            fires |= Vector512.GreaterThanOrEqual(Vector512.LoadUnsafe(ref current, (nuint)word), Vector512.LoadUnsafe(ref breakpoint, (nuint)word))
                .ExtractMostSignificantBits() << word;
        return fires;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Read(Firing firing, int at, int column, Span<float> spikeRates, out float sum)
    {
        sum = 0;
        int end = firing.Ends[column], within = column % Block;
        ReadOnlySpan<float> sums = _sums.Span;
        for (; at < end; at++)
        {
            int raster = firing.Rasters[at];
            if (!_summed[raster]) Sum(raster, column - within);
            float rate = sums[raster * Block + within];
            spikeRates[firing.Neurons[at]] = rate;
            sum += MathF.Abs(rate);   // of silent neurons it is 0
        }
        return end;
    }

    /// <summary>Adds up what a raster's spikes count, in each column of a block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sum(int raster, int column)
    {
        _summed[raster] = true;
        ref float gains = ref _gains[column];
        Vector512<float> s0 = Vector512<float>.Zero, s1 = Vector512<float>.Zero;
        for (ulong bits = _rasters.Rasters[raster]; bits != 0; bits &= bits - 1)
        {
            nuint at = (nuint)(BitOperations.TrailingZeroCount(bits) * _lanes.Columns);
            s0 += Vector512.LoadUnsafe(ref gains, at);
            s1 += Vector512.LoadUnsafe(ref gains, at + Lanes.Word);
        }
        Vector512<float> sign = Vector512.Create(_rasters.Signs[raster]), steps = Vector512.Create((float)_steps);
        ref float target = ref _sums.Span[raster * Block];
        (s0 * sign / steps).StoreUnsafe(ref target);
        (s1 * sign / steps).StoreUnsafe(ref target, Lanes.Word);
    }

    private static void Modulate(Span<float> gains, float modulation)
    {
        foreach (ref float gain in gains) gain = 1 + modulation * gain;
    }
}
