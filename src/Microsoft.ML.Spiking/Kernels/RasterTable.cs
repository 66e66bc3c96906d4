using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>All that a <see cref="LifNeuron"/> can fire where its current is the same in every step: one raster for each stretch of currents.</summary>
/// <remarks>
/// Exact, for every float. Among currents that fire alike before a step, the membrane of that step never falls as the current grows: it is made of products
/// with factors that are not negative and of sums, each rounded, and rounding keeps order; a reset puts the same number everywhere. So they are one stretch,
/// the step cuts it into those that stay silent and those that fire, and bisection over the floats finds the cut. Beyond the range that is searched, what is
/// smaller, or NaN, never fires, and what is larger, to infinity, fires in every step, as the ends of the range do.
/// </remarks>
internal sealed class RasterTable
{
    /// <summary>Steps that a raster has bits for.</summary>
    public const int MaximumSteps = 64;

    // Where a table no longer pays, and far above what neurons that reset to 0 or below have: 153 in 50 steps, 13 in 8.
    private const int MaximumRasters = 1024;

    // They stay in the first cache, and so many that next to none holds a breakpoint.
    private const int MaximumBuckets = 2048;

    // No membrane of MaximumSteps steps of the largest current overflows, and none of a larger current is kept from firing by a constant.
    private const float LargestConstant = 1L << 60, LargestCurrent = LargestConstant * (1L << 40);

    private readonly int[] _keys;      // of the breakpoints, and some behind them that no current reaches
    private readonly ushort[] _starts;   // of each bucket of keys, the breakpoints below it
    private readonly int _shift;

    private RasterTable(float[] breakpoints, ulong[] rasters)
    {
        (Breakpoints, Rasters) = (breakpoints, rasters);
        _keys = [.. breakpoints.Select(Key), .. Enumerable.Repeat(int.MaxValue, Vector256<int>.Count)];
        int last = _keys[breakpoints.Length - 1];
        while (Bucket(last) >= MaximumBuckets) _shift++;
        _starts = new ushort[Bucket(last) + 1];
        foreach (int key in _keys.AsSpan(0, breakpoints.Length))
            for (uint bucket = Bucket(key) + 1; bucket < _starts.Length; bucket++) _starts[bucket]++;
    }

    /// <summary>The smallest current of each raster but the first, ascending.</summary>
    public float[] Breakpoints { get; }

    /// <summary>The rasters in the order of their currents, a bit for each step in which the neuron fires. The first fires in none.</summary>
    public ulong[] Rasters { get; }

    /// <summary>Null where the constants or the steps are such that the neuron must be stepped.</summary>
    public static RasterTable? Of(LifNeuron neuron, int steps)
    {
        float synapseDecay = neuron.SynapseDecay, membraneDecay = neuron.MembraneDecay, threshold = neuron.Threshold, reset = neuron.Reset;
        bool bounded = synapseDecay is > 0 and <= 1 && membraneDecay is >= 0 and <= 1   // with a decay of 0, an infinite synapse is NaN in the next step
            && MathF.Abs(threshold) <= LargestConstant && MathF.Abs(reset) <= LargestConstant;
        if (!bounded || steps > MaximumSteps) return null;

        List<Stretch> stretches = [new(Key(-LargestCurrent), Key(LargestCurrent), 0)];
        for (int step = 0; step < steps; step++)
        {
            var cut = new List<Stretch>(stretches.Count + 8);
            foreach (Stretch stretch in stretches)
            {
                bool first = Fires(stretch.First, step), last = Fires(stretch.Last, step);
                if (first && !last) return null;   // cannot be; were it, the table would be wrong
                if (first == last)
                {
                    cut.Add(first ? stretch.WithSpike(step) : stretch);
                    continue;
                }
                int silent = stretch.First, fires = stretch.Last;
                while (fires - (long)silent > 1)
                {
                    int middle = (int)((silent + (long)fires) >> 1);
                    if (Fires(middle, step)) fires = middle;
                    else silent = middle;
                }
                cut.Add(stretch with { Last = silent });
                cut.Add((stretch with { First = fires }).WithSpike(step));
            }
            stretches = cut;
            if (stretches.Count > MaximumRasters) return null;
        }
        if (stretches[0].Raster != 0 || stretches.Count == 1) return null;   // cannot be either: the ends of the range never fire, and always
        return new RasterTable([.. stretches.Skip(1).Select(stretch => Current(stretch.First))], [.. stretches.Select(stretch => stretch.Raster)]);

        bool Fires(int key, int step) => RasterTable.Fires(Current(key), step, synapseDecay, membraneDecay, threshold, reset);
    }

    /// <summary>Which raster a current has.</summary>
    public int IndexOf(float current) => current >= Breakpoints[0] ? IndexOfFiring(current) : 0;

    /// <summary>The same, of a current that is not below the first breakpoint.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int IndexOfFiring(float current)
    {
        // No branch that depends on the current but where breakpoints crowd: it would be foretold wrongly every other time.
        int key = Key(current), index = Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_starts), (nint)Math.Min(Bucket(key), (uint)_starts.Length - 1));
        Vector256<int> keys = Vector256.Create(key);
        int passed;
        do
        {
            Vector256<int> breakpoints = Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(_keys), (nuint)index);
            passed = BitOperations.PopCount(Vector256.GreaterThanOrEqual(keys, breakpoints).ExtractMostSignificantBits());
            index += passed;
        }
        while (passed == Vector256<int>.Count);
        return index;
    }

    private uint Bucket(int key) => (uint)(key - _keys[0]) >> _shift;

    /// <summary>Whether a neuron fires in a step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Fires(float current, int inStep, float synapseDecay, float membraneDecay, float threshold, float reset)
    {
        float synapse = 0, membrane = 0;
        for (int step = 0; ; step++)
        {
            synapse = synapseDecay * synapse + current;
            membrane = membraneDecay * membrane + synapse;
            bool fired = membrane >= threshold;
            if (step == inStep) return fired;
            if (fired) membrane = reset;
        }
    }

    /// <summary>A float as a whole number, in the same order, -0 before 0.</summary>
    private static int Key(float current)
    {
        int bits = BitConverter.SingleToInt32Bits(current);
        return bits ^ (bits >> 31 & int.MaxValue);
    }

    private static float Current(int key) => BitConverter.Int32BitsToSingle(key ^ (key >> 31 & int.MaxValue));

    /// <summary>Neighbouring currents that fire alike so far.</summary>
    /// <param name="First">The key of the smallest.</param>
    /// <param name="Last">The key of the largest.</param>
    /// <param name="Raster">What they fire, as bits.</param>
    private readonly record struct Stretch(int First, int Last, ulong Raster)
    {
        public Stretch WithSpike(int step) => this with { Raster = Raster | 1ul << step };
    }
}
