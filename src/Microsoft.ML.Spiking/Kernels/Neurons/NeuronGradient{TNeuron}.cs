using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary><see cref="NeuronGradient"/> of one type of neuron through one surrogate.</summary>
internal sealed class NeuronGradient<TNeuron, TState, TCarried, TShape>(Lanes lanes, TShape shape, float attached) : NeuronGradient
    where TNeuron : struct, INeuronDynamics<TNeuron, TState, TCarried>
    where TState : unmanaged
    where TCarried : unmanaged
    where TShape : struct, ISurrogateShape
{
    public override int CarriedSize => Unsafe.SizeOf<TCarried>() / Unsafe.SizeOf<Vector512<float>>();

    // IsHardwareAccelerated is a constant, see WordsAtOnce: words that the machine does not take at once are not compiled.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public override void Run(int panel, ReadOnlySpan<float> kept, Span<float> gradient, Span<float> constants = default)
    {
        var (s, a) = (shape, attached);   // in registers
        float[][] known = lanes.Constants;
        ref float target = ref MemoryMarshal.GetReference(gradient), before = ref MemoryMarshal.GetReference(kept);
        ref float left = ref MemoryMarshal.GetReference(constants);
        int width = NeuronKernels.WordsAtOnce * Lanes.Word;
        for (int first = 0; first < Lanes.Panel; first += width)
        {
            nuint lane = (nuint)(panel * Lanes.Panel + first);
            TNeuron n0 = TNeuron.Load(known, lane), n1 = Vector256.IsHardwareAccelerated ? TNeuron.Load(known, lane + 16) : default;
            TNeuron n2 = Vector512.IsHardwareAccelerated ? TNeuron.Load(known, lane + 32) : default;
            TNeuron n3 = Vector512.IsHardwareAccelerated ? TNeuron.Load(known, lane + 48) : default;
            TCarried c0 = default, c1 = default, c2 = default, c3 = default;
            int k = (gradient.Length - Lanes.Panel) * TNeuron.Kept + first;
            for (int at = gradient.Length - Lanes.Panel + first; at >= 0; at -= Lanes.Panel, k -= Lanes.Panel * TNeuron.Kept)
            {
                Back(n0, ref c0, ref before, k, ref target, at, s, a);
                if (Vector256.IsHardwareAccelerated) Back(n1, ref c1, ref before, k + 16, ref target, at + 16, s, a);
                if (Vector512.IsHardwareAccelerated)
                {
                    Back(n2, ref c2, ref before, k + 32, ref target, at + 32, s, a);
                    Back(n3, ref c3, ref before, k + 48, ref target, at + 48, s, a);
                }
            }
            if (!TNeuron.LeavesConstants || constants.IsEmpty) continue;
            TNeuron.Leave(c0, ref Unsafe.Add(ref left, first));
            if (Vector256.IsHardwareAccelerated) TNeuron.Leave(c1, ref Unsafe.Add(ref left, first + 16));
            if (Vector512.IsHardwareAccelerated)
            {
                TNeuron.Leave(c2, ref Unsafe.Add(ref left, first + 32));
                TNeuron.Leave(c3, ref Unsafe.Add(ref left, first + 48));
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public override void Step(int panel, in StepGradient step, ReadOnlySpan<float> kept, Span<float> currents)
    {
        ref float before = ref MemoryMarshal.GetReference(kept), target = ref MemoryMarshal.GetReference(currents);
        ref float accumulated = ref MemoryMarshal.GetReference(step.Accumulated);
        ref TCarried carried = ref Unsafe.As<float, TCarried>(ref MemoryMarshal.GetReference(step.Carried));
        int word = panel * (Lanes.Panel / Lanes.Word);
        var (column, within) = Math.DivRem(word, lanes.WordsPerColumn);
        int lane = 0;
        for (; lane < Lanes.Panel && column < lanes.Columns; lane += Lanes.Word, word++)
        {
            nuint constant = (nuint)(word * Lanes.Word);
            Vector512<float> gain = Vector512.Create(step.Gains[column]), rate = Vector512.Create(step.Rates[column]);
            Vector512<float> spike = Vector512.LoadUnsafe(ref lanes.Sign[0], constant) * (gain * Vector512.LoadUnsafe(ref accumulated, constant) + rate);
            if (!step.Above.IsEmpty) spike += Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(step.Above), constant);
            TCarried now = Unsafe.Add(ref carried, word);
            Vector512<float> current = TNeuron.Load(lanes.Constants, constant).Back(ref now, in Unsafe.Add(ref before, lane), spike, attached, shape);
            Unsafe.Add(ref carried, word) = now;
            current.StoreUnsafe(ref target, (nuint)lane);
            step.Heard[column] += Vector512.Sum(current);
            if (++within == lanes.WordsPerColumn) (column, within) = (column + 1, 0);
        }
        if (lane < Lanes.Panel) currents[lane..].Clear();   // of padding, whose weights are 0 and stay so
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public override void Leave(int panel, Span<float> carried, Span<float> constants)
    {
        if (!TNeuron.LeavesConstants) return;
        ref TCarried first = ref Unsafe.As<float, TCarried>(ref MemoryMarshal.GetReference(carried));
        ref float target = ref MemoryMarshal.GetReference(constants);
        for (int lane = 0, word = panel * (Lanes.Panel / Lanes.Word); lane < Lanes.Panel; lane += Lanes.Word, word++)
            TNeuron.Leave(in Unsafe.Add(ref first, word), ref Unsafe.Add(ref target, lane));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Back(in TNeuron neuron, ref TCarried carried, ref float kept, int k, ref float gradient, int at, TShape shape, float attached)
        => neuron.Back(ref carried, in Unsafe.Add(ref kept, k), Vector512.LoadUnsafe(ref gradient, (nuint)at), attached, shape)
            .StoreUnsafe(ref gradient, (nuint)at);
}
