using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>Sums over time of the modulated spikes, and the gradient of those sums.</summary>
internal static class AccumulateKernel
{
    // A property, not a field: constants only where the compiler sees them.
    private static Vector512<int> Bits => Vector512.Create(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768);

    /// <summary>
    /// accumulated[window, n] = Σ over t in the window of spike[t, n] · gain[t, column of n], spikes signed; where the readout forgets, what there is of the
    /// sum fades from step to step.
    /// </summary>
    /// <param name="lanes">Where the neurons are.</param>
    /// <param name="activity">Spikes and gains of a sample.</param>
    /// <param name="accumulated">Receives one value a window and neuron, [window, column, neuron].</param>
    public static void Forward(Lanes lanes, ColumnActivity activity, Span<float> accumulated)
    {
        int neurons = lanes.Columns * lanes.Neurons;
        for (int window = 0; window < activity.Windows; window++)
            Forward(lanes, activity, activity.Window(window), activity.Fading, accumulated.Slice(window * neurons, neurons));
    }

    /// <summary>The same over all steps of the sample, each spike counted alike.</summary>
    /// <param name="lanes">Where the neurons are.</param>
    /// <param name="activity">Spikes and gains of a sample.</param>
    /// <param name="counted">Receives one value a neuron, [column, neuron].</param>
    public static void Count(Lanes lanes, ColumnActivity activity, Span<float> counted) => Forward(lanes, activity, (0, activity.Length), null, counted);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Forward(Lanes lanes, ColumnActivity activity, (int Start, int End) window, Fading? fading, Span<float> accumulated)
    {
        var (start, end) = window;
        Span<float> padded = stackalloc float[Lanes.Word];
        for (int word = 0; word < lanes.Words; word++)
        {
            var (spikes, shift) = activity.Word(word);
            ReadOnlySpan<ulong> fired = spikes.Span[start..end];
            int at = start * lanes.Columns + lanes.ColumnOf(word);
            Vector512<float> sum = fading is null ? Sum(fired, shift, activity.Gains, at, lanes.Columns)
                : FadingSum(fired, shift, activity.Gains, at, lanes.Columns, fading.Decay);
            (sum * Vector512.Create(lanes.Sign, word * Lanes.Word)).CopyTo(padded);
            var (first, count) = lanes.NeuronsOf(word);
            padded[..count].CopyTo(accumulated[first..]);
        }
    }

    /// <summary>∂loss/∂gain[t, column] = Σ over the column's neurons of spike[t, n] · ∂loss/∂accumulated[n], spikes signed.</summary>
    /// <param name="lanes">Where the neurons are.</param>
    /// <param name="activity">Spikes of a sample.</param>
    /// <param name="accumulated">∂loss/∂accumulated, [window, column, neuron].</param>
    /// <param name="counted">∂loss/∂counted where the readout forgets, [column, neuron]; else empty.</param>
    /// <param name="gains">Receives ∂loss/∂gain, [step, column].</param>
    public static void Backward(Lanes lanes, ColumnActivity activity, ReadOnlySpan<float> accumulated, ReadOnlySpan<float> counted, Span<float> gains)
    {
        gains.Clear();
        int neurons = lanes.Columns * lanes.Neurons;
        for (int window = 0; window < activity.Windows; window++)
            Backward(lanes, activity, window, accumulated.Slice(window * neurons, neurons), counted, gains);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Backward(Lanes lanes, ColumnActivity activity, int window, ReadOnlySpan<float> accumulated, ReadOnlySpan<float> counted,
        Span<float> gains)
    {
        Span<float> padded = stackalloc float[Lanes.Word];
        var (start, end) = activity.Window(window);
        for (int word = 0; word < lanes.Words; word++)
        {
            Vector512<float> sign = Vector512.Create(lanes.Sign, word * Lanes.Word), gradient = OfWord(lanes, word, accumulated, padded) * sign;
            var (spikes, shift) = activity.Word(word);
            ReadOnlySpan<ulong> fired = spikes.Span[start..end];
            int at = start * lanes.Columns + lanes.ColumnOf(word);
            if (activity.Fading is not { } fading) Scatter(fired, shift, gradient, gains, at, lanes.Columns);
            else FadingScatter(fired, shift, gradient, OfWord(lanes, word, counted, padded) * sign, fading.Weights(end - start), gains, at, lanes.Columns);
        }
    }

    /// <summary>
    /// ∂loss/∂spike[t, n] = sign[n] · (gain[t, column] · ∂loss/∂accumulated[n] + ∂loss/∂rate[t, column] / neurons): what a spike adds to its own
    /// neuron's sum, and what the other columns hear of it. Where the readout forgets, for ∂loss/∂accumulated[n] stands what the spike counts of it, and
    /// ∂loss/∂counted[n].
    /// </summary>
    /// <param name="lanes">Where the neurons are.</param>
    /// <param name="panel">Which 64 lanes.</param>
    /// <param name="activity">Gains of a sample.</param>
    /// <param name="accumulated">∂loss/∂accumulated, [window, column, neuron].</param>
    /// <param name="counted">∂loss/∂counted where the readout forgets, [column, neuron]; else empty.</param>
    /// <param name="rates">∂loss/∂rate / neurons, [step, column].</param>
    /// <param name="gradient">Receives [step, lane]; 0 after the sample's end.</param>
    public static void SpikeGradient(Lanes lanes, int panel, ColumnActivity activity, ReadOnlySpan<float> accumulated, ReadOnlySpan<float> counted,
        ReadOnlySpan<float> rates, Span<float> gradient)
    {
        int neurons = lanes.Columns * lanes.Neurons;
        for (int window = 0; window < activity.Windows; window++)
            SpikeGradient(lanes, panel, activity, window, accumulated.Slice(window * neurons, neurons), counted, rates, gradient);
        gradient[(activity.Length * Lanes.Panel)..].Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SpikeGradient(Lanes lanes, int panel, ColumnActivity activity, int window, ReadOnlySpan<float> accumulated,
        ReadOnlySpan<float> counted, ReadOnlySpan<float> rates, Span<float> gradient)
    {
        var (start, end) = activity.Window(window);
        gradient = gradient[(start * Lanes.Panel)..(end * Lanes.Panel)];
        if (gradient.IsEmpty) return;
        ReadOnlySpan<float> gains = activity.Gains.AsSpan(start * lanes.Columns);
        rates = rates[(start * lanes.Columns)..];
        Span<float> padded = stackalloc float[Lanes.Word];
        const int WordsPerPanel = Lanes.Panel / Lanes.Word;
        for (int word = panel * WordsPerPanel; word < (panel + 1) * WordsPerPanel; word++)
        {
            Span<float> target = gradient[(word % WordsPerPanel * Lanes.Word)..];
            int column = Math.Min(lanes.ColumnOf(word), lanes.Columns - 1);   // of padding the sign is 0
            Vector512<float> sign = Vector512.Create(lanes.Sign, word * Lanes.Word), ofWord = OfWord(lanes, word, accumulated, padded);
            if (activity.Fading is not { } fading) Spread(sign, ofWord, gains[column..], rates[column..], lanes.Columns, target);
            else
                FadingSpread(sign, ofWord, OfWord(lanes, word, counted, padded), fading.Weights(end - start), gains[column..], rates[column..], lanes.Columns,
                    target);
        }
    }

    /// <summary>The numbers of a word's neurons, 0 beyond them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> OfWord(Lanes lanes, int word, ReadOnlySpan<float> numbers, Span<float> padded)
    {
        padded.Clear();
        if (word < lanes.Words)
        {
            var (first, count) = lanes.NeuronsOf(word);
            numbers.Slice(first, count).CopyTo(padded);
        }
        return Vector512.Create<float>(padded);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Spread(Vector512<float> sign, Vector512<float> accumulated, ReadOnlySpan<float> gains, ReadOnlySpan<float> rates, int stride,
        Span<float> gradient)
    {
        for (int at = 0, of = 0; at < gradient.Length; at += Lanes.Panel, of += stride)
            (sign * (Vector512.Create(gains[of]) * accumulated + Vector512.Create(rates[of]))).CopyTo(gradient[at..]);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void FadingSpread(Vector512<float> sign, Vector512<float> accumulated, Vector512<float> counted, ReadOnlySpan<float> weights,
        ReadOnlySpan<float> gains, ReadOnlySpan<float> rates, int stride, Span<float> gradient)
    {
        for (int step = 0, at = 0, of = 0; at < gradient.Length; step++, at += Lanes.Panel, of += stride)
        {
            Vector512<float> counts = accumulated * Vector512.Create(weights[step]) + counted;
            (sign * (Vector512.Create(gains[of]) * counts + Vector512.Create(rates[of]))).CopyTo(gradient[at..]);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static Vector512<float> Sum(ReadOnlySpan<ulong> spikes, int shift, ReadOnlySpan<float> gains, int at, int stride)
    {
        Vector512<float> sum = default;
        Vector512<int> bits = Bits;   // once: where it is two halves, the compiler calls it
        for (int step = 0; step < spikes.Length; step++, at += stride)
            sum += Vector512.Create(gains[at]) & Fired(spikes[step] >> shift, bits);   // a sum from 0 is never -0, and so 0 adds nothing
        return sum;
    }

    // Step by step, as a sequence's steps come one by one.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static Vector512<float> FadingSum(ReadOnlySpan<ulong> spikes, int shift, ReadOnlySpan<float> gains, int at, int stride, float decay)
    {
        Vector512<float> sum = default, left = Vector512.Create(decay);
        Vector512<int> bits = Bits;
        for (int step = 0; step < spikes.Length; step++, at += stride)
            sum = sum * left + (Vector512.Create(gains[at]) & Fired(spikes[step] >> shift, bits));
        return sum;
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Scatter(ReadOnlySpan<ulong> spikes, int shift, Vector512<float> gradient, Span<float> gains, int at, int stride)
    {
        Vector512<int> bits = Bits;
        for (int step = 0; step < spikes.Length; step++, at += stride)
            gains[at] += Vector512.Sum(gradient & Fired(spikes[step] >> shift, bits));
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void FadingScatter(ReadOnlySpan<ulong> spikes, int shift, Vector512<float> gradient, Vector512<float> counted, ReadOnlySpan<float> weights,
        Span<float> gains, int at, int stride)
    {
        Vector512<int> bits = Bits;
        for (int step = 0; step < spikes.Length; step++, at += stride)
            gains[at] += Vector512.Sum((gradient * Vector512.Create(weights[step]) + counted) & Fired(spikes[step] >> shift, bits));
    }

    /// <summary>All bits set in the lanes whose bit is set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Fired(ulong spikes, Vector512<int> bits)
        => Vector512.Equals(Vector512.Create((int)(ushort)spikes) & bits, bits).AsSingle();
}
