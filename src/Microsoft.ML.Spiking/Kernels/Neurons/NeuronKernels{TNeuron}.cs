using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary><see cref="NeuronKernels"/> of one type of neuron.</summary>
internal sealed class NeuronKernels<TNeuron, TState, TCarried>(Lanes lanes) : NeuronKernels
    where TNeuron : struct, INeuronDynamics<TNeuron, TState, TCarried>
    where TState : unmanaged
    where TCarried : unmanaged
{
    public override int Kept => TNeuron.Kept;

    public override int? KeptThreshold => TNeuron.KeptThreshold;

    public override int StateSize => Unsafe.SizeOf<TState>() / Unsafe.SizeOf<Vector512<float>>();

    // Each way to keep is a method of its own, which nobody inlines: beyond a size the compiler inlines no more, and where a vector is two halves
    // each operator that it does not inline is a call.
    public override void Run(ReadOnlySpan<float> currents, int stride, int panel, Span<ulong> spikes, Span<float> kept = default)
    {
        if (kept.IsEmpty) RunAndForget(currents, stride, panel, spikes);
        else RunAndKeep(currents, stride, panel, spikes, kept);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void RunAndForget(ReadOnlySpan<float> currents, int stride, int panel, Span<ulong> spikes)
        => Run(currents, stride, lanes.Constants, panel, spikes, new KeepNothing());

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void RunAndKeep(ReadOnlySpan<float> currents, int stride, int panel, Span<ulong> spikes, Span<float> kept)
        => Run(currents, stride, lanes.Constants, panel, spikes, new KeepInMemory(ref MemoryMarshal.GetReference(kept)));

    // Both ways to keep are compiled into the caller: passing all this on would take as long as a step.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public override ulong Step(ReadOnlySpan<float> currents, ReadOnlySpan<float> heard, int panel, Span<float> states, Span<float> kept)
        => kept.IsEmpty
            ? Step(currents, heard, lanes, panel, states, new KeepNothing())
            : Step(currents, heard, lanes, panel, states, new KeepInMemory(ref MemoryMarshal.GetReference(kept)));

    public override NeuronGradient Gradient(Surrogate surrogate)
    {
        float attached = surrogate.Reset == ResetGradient.Attached ? 1 : 0;
        return surrogate.Gradient switch
        {
            ATan rule => Gradient(new ATanShape(rule), attached),
            FastSigmoid rule => Gradient(new FastSigmoidShape(rule), attached),
            Triangle rule => Gradient(new TriangleShape(rule), attached),
            StraightThrough => Gradient(new StraightThroughShape(), attached),
            _ => throw new NotSupportedException($"{surrogate.Gradient.GetType().Name} has no kernel."),
        };
    }

    private NeuronGradient<TNeuron, TState, TCarried, TShape> Gradient<TShape>(TShape shape, float attached) where TShape : struct, ISurrogateShape
        => new(lanes, shape, attached);

    // IsHardwareAccelerated is a constant, see WordsAtOnce: words that the machine does not take at once are not compiled.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Run<TKeeper>(ReadOnlySpan<float> currents, int stride, float[][] constants, int panel, Span<ulong> spikes, TKeeper keeper)
        where TKeeper : struct, IKeeper<TKeeper>, allows ref struct
    {
        int width = WordsAtOnce * Lanes.Word;
        for (int first = 0; first < Lanes.Panel; first += width)
        {
            ref float current = ref Unsafe.Add(ref MemoryMarshal.GetReference(currents), first);
            nuint lane = (nuint)(panel * Lanes.Panel + first);
            TNeuron n0 = TNeuron.Load(constants, lane), n1 = Vector256.IsHardwareAccelerated ? TNeuron.Load(constants, lane + 16) : default;
            TNeuron n2 = Vector512.IsHardwareAccelerated ? TNeuron.Load(constants, lane + 32) : default;
            TNeuron n3 = Vector512.IsHardwareAccelerated ? TNeuron.Load(constants, lane + 48) : default;
            TState s0 = default, s1 = default, s2 = default, s3 = default;
            for (int step = 0; step < spikes.Length; step++)
            {
                nuint at = (nuint)(step * stride);
                TKeeper k = keeper.At(step * TNeuron.Kept * Lanes.Panel + first);
                ulong fired = n0.Step(ref s0, Vector512.LoadUnsafe(ref current, at), k).ExtractMostSignificantBits();
                if (Vector256.IsHardwareAccelerated)
                    fired |= n1.Step(ref s1, Vector512.LoadUnsafe(ref current, at + 16), k.At(16)).ExtractMostSignificantBits() << 16;
                if (Vector512.IsHardwareAccelerated)
                {
                    fired |= n2.Step(ref s2, Vector512.LoadUnsafe(ref current, at + 32), k.At(32)).ExtractMostSignificantBits() << 32;
                    fired |= n3.Step(ref s3, Vector512.LoadUnsafe(ref current, at + 48), k.At(48)).ExtractMostSignificantBits() << 48;
                }
                spikes[step] = Vector512.IsHardwareAccelerated || first == 0 ? fired : spikes[step] | fired << first;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Step<TKeeper>(ReadOnlySpan<float> currents, ReadOnlySpan<float> heard, Lanes lanes, int panel, Span<float> states, TKeeper keeper)
        where TKeeper : struct, IKeeper<TKeeper>, allows ref struct
    {
        ref float current = ref MemoryMarshal.GetReference(currents);
        ref TState state = ref Unsafe.As<float, TState>(ref MemoryMarshal.GetReference(states));
        // Counted on, since a division a word would take longer than the word.
        var (column, within) = Math.DivRem(panel * (Lanes.Panel / Lanes.Word), lanes.WordsPerColumn);
        ulong spikes = 0;
        for (int lane = 0; lane < Lanes.Panel; lane += Lanes.Word)
        {
            float received = column < heard.Length ? heard[column] : 0;   // beyond is padding
            if (++within == lanes.WordsPerColumn) (column, within) = (column + 1, 0);
            TState now = state;
            Vector512<float> fired = TNeuron.Load(lanes.Constants, (nuint)(panel * Lanes.Panel + lane))
                .Step(ref now, Vector512.LoadUnsafe(ref current, (nuint)lane) + Vector512.Create(received), keeper.At(lane));
            state = now;
            state = ref Unsafe.Add(ref state, 1);
            spikes |= fired.ExtractMostSignificantBits() << lane;
        }
        return spikes;
    }
}
