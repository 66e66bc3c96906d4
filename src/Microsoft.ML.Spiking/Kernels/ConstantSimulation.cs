using System.Numerics;
using System.Numerics.Tensors;
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
    private readonly byte[] _used;   // 1 of each raster that fires
    private readonly AlignedFloats _currents = new(Lanes.Panel);

    /// <param name="columns">The columns.</param>
    /// <param name="rasters">Their neurons' rasters.</param>
    /// <param name="rows">Samples that it is shown at most at once.</param>
    public ConstantSimulation(ColumnSimulation columns, LayerRasters rasters, int rows)
    {
        (_columns, _rasters, _lanes, _steps, _modulation) = (columns, rasters, columns.Lanes, rasters.Steps, columns.Modulation);
        _firing = [.. Enumerable.Range(0, rows).Select(_ => new Firing(_lanes.Columns, _lanes.Columns * _lanes.Neurons))];
        _rates = new float[_steps * _lanes.Columns];
        _gains = new float[_rates.Length + Block];   // a block may reach beyond the last column
        _sums = new AlignedFloats(rasters.Rasters.Length * Block);
        _used = new byte[rasters.Rasters.Length];
        _silent = [.. Enumerable.Range(0, _lanes.Columns * _lanes.Neurons).Select(neuron => 0f * _lanes.Sign[_lanes.Of(neuron)])];
    }

    /// <summary>Shows all neurons some samples.</summary>
    /// <param name="stimuli">The samples, all constant.</param>
    public void Show(ReadOnlySpan<Stimulus> stimuli)
    {
        for (int row = 0; row < stimuli.Length; row++) _firing[row].Clear();
        GridWeights? onGrid = _columns.OnGrid(stimuli.Length);
        int share = 0;
        for (int panel = 0; panel < _lanes.Panels; panel++)
        {
            int first = share;
            while (share < _lanes.Shares.Length && _lanes.Shares[share].Panel == panel) share++;
            // Row by row, while the panel's weights are in the cache.
            for (int row = 0; row < stimuli.Length; row++)
            {
                Range seen = _columns.Seen[panel].Of(stimuli[row].Inputs);
                ReadOnlySpan<int> inputs = stimuli[row].Inputs[seen];
                if (onGrid is not null && stimuli[row].IsBinary) CurrentKernel.OfBinary(inputs, onGrid[panel], onGrid.Units(panel), _currents.Span);
                else CurrentKernel.OfConstant(inputs, stimuli[row].Values[seen], _columns.Weights[panel], _currents.Span);
                _columns.AddBiases(panel, _currents.Span);
                Fire(panel, _lanes.Shares.AsSpan(first, share - first), _firing[row]);
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
        Firing firing = _firing[row];
        firing.CopyRates(_rates);
        interWeights.Run(_rates, _gains.AsSpan(0, _rates.Length), _steps);
        Modulate(_gains, _modulation);
        _silent.CopyTo(spikeRates);
        int at = 0;
        for (int column = 0; column < columns; column++)
        {
            if (column % Block == 0) Sum(firing.Rasters.AsSpan(at..firing.Ends[Math.Min(column + Block, columns) - 1]), column);
            int end = firing.Ends[column];
            columnRates[column] = Read(firing.Neurons.AsSpan(at..end), firing.Rasters.AsSpan(at..end), column % Block, spikeRates) / _lanes.Neurons;
            at = end;
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

    /// <inheritdoc cref="ColumnActivity.CountSpikes"/>
    public void CountSpikes(int row, Span<int> spikes, Span<int> active)
    {
        Firing firing = _firing[row];
        for (int column = 0, at = 0; column < _lanes.Columns; column++)
        {
            active[column] = firing.Ends[column] - at;
            spikes[column] = 0;
            for (; at < firing.Ends[column]; at++) spikes[column] += BitOperations.PopCount(_rasters.Rasters[firing.Rasters[at]]);
        }
    }

    private void Fire(int panel, ReadOnlySpan<PanelShare> shares, Firing firing)
    {
        ulong fires = Fires(panel * Lanes.Panel);
        foreach (PanelShare share in shares)
        {
            int toNeuron = panel * Lanes.Panel - share.Column * (_lanes.WordsPerColumn * Lanes.Word - _lanes.Neurons);
            firing.Add(LookUp(fires & share.Excitatory, _rasters.Excitatory, 0, toNeuron, firing)
                + LookUp(fires & share.Inhibitory, _rasters.Inhibitory, _rasters.Excitatory.Rasters.Length, toNeuron, firing));
            firing.Ends[share.Column] = firing.Count;
            // With its last share a column is complete.
            if ((panel + 1) * Lanes.Panel >= (share.Column + 1) * _lanes.WordsPerColumn * Lanes.Word)
                firing.Rate(share.Column, _lanes.Neurons);
        }
    }

    /// <summary>Finds the rasters of neurons that fire.</summary>
    /// <param name="bits">Their lanes in the panel, as bits.</param>
    /// <param name="table">Their rasters.</param>
    /// <param name="offset">The first of them among the layer's.</param>
    /// <param name="toNeuron">What to add to a lane to have the neuron.</param>
    /// <param name="firing">Is given the neurons.</param>
    /// <returns>Their signed spikes, [step]; of 64 neurons at most, so that none overflows.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Vector512<sbyte> LookUp(ulong bits, RasterTable table, int offset, int toNeuron, Firing firing)
    {
        ref float currents = ref _currents.Span[0];
        ref sbyte spikes = ref MemoryMarshal.GetReference(_rasters.Spikes.Span);
        int count = firing.Count;
        firing.Count += BitOperations.PopCount(bits);
        ref int neuron = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(firing.Neurons), count);
        ref ushort rasters = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(firing.Rasters), count);
        Vector512<sbyte> sum = Vector512<sbyte>.Zero;
        for (; bits != 0; bits &= bits - 1)
        {
            int lane = BitOperations.TrailingZeroCount(bits), raster = offset + table.IndexOfFiring(Unsafe.Add(ref currents, lane));
            sum += Vector512.LoadUnsafe(ref spikes, (nuint)(raster * RasterTable.MaximumSteps));
            neuron = toNeuron + lane;
            rasters = (ushort)raster;
            neuron = ref Unsafe.Add(ref neuron, 1);
            rasters = ref Unsafe.Add(ref rasters, 1);
        }
        return sum;
    }

    /// <summary>The lanes of a panel whose neurons fire at all, as bits.</summary>
    private ulong Fires(int lane)
    {
        ref float current = ref _currents.Span[0], breakpoint = ref _rasters.Breakpoints.Span[lane];
        ulong fires = 0;
        for (int word = 0; word < Lanes.Panel; word += Lanes.Word)
            fires |= Vector512.GreaterThanOrEqual(Vector512.LoadUnsafe(ref current, (nuint)word), Vector512.LoadUnsafe(ref breakpoint, (nuint)word))
                .ExtractMostSignificantBits() << word;
        return fires;
    }

    /// <summary>Gives a column's neurons their rates.</summary>
    /// <returns>The sum of the rates' sizes; to that, silent neurons add 0.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private float Read(ReadOnlySpan<int> neurons, ReadOnlySpan<ushort> rasters, int within, Span<float> spikeRates)
    {
        ref float sums = ref _sums.Span[within], rates = ref MemoryMarshal.GetReference(spikeRates);
        float sum = 0;
        for (int i = 0; i < neurons.Length; i++)
        {
            float rate = Unsafe.Add(ref sums, rasters[i] * Block);
            Unsafe.Add(ref rates, neurons[i]) = rate;
            sum += MathF.Abs(rate);
        }
        return sum;
    }

    /// <summary>Adds up what the spikes of some rasters count, in each column of a block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sum(ReadOnlySpan<ushort> rasters, int column)
    {
        Array.Clear(_used);
        foreach (ushort raster in rasters) _used[raster] = 1;
        ref float gains = ref _gains[column], sums = ref _sums.Span[0];
        Vector512<float> steps = Vector512.Create((float)_steps);
        nuint stride = (nuint)_lanes.Columns;
        for (int raster = 0; raster < _used.Length; raster++)
        {
            if (_used[raster] == 0) continue;
            Vector512<float> s0 = Vector512<float>.Zero, s1 = Vector512<float>.Zero;
            for (ulong bits = _rasters.Rasters[raster]; bits != 0; bits &= bits - 1)
            {
                nuint at = (nuint)BitOperations.TrailingZeroCount(bits) * stride;
                s0 += Vector512.LoadUnsafe(ref gains, at);
                s1 += Vector512.LoadUnsafe(ref gains, at + Lanes.Word);
            }
            Vector512<float> sign = Vector512.Create(_rasters.Signs[raster]);
            ref float target = ref Unsafe.Add(ref sums, raster * Block);
            (s0 * sign / steps).StoreUnsafe(ref target);
            (s1 * sign / steps).StoreUnsafe(ref target, Lanes.Word);
        }
    }

    // As a vector where the machine has any, but product and sum rounded one by one, as ColumnActivity does.
    private static void Modulate(Span<float> gains, float modulation)
    {
        TensorPrimitives.Multiply(gains, modulation, gains);
        TensorPrimitives.Add(gains, 1f, gains);
    }
}
