using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking;

/// <summary>Back through one time step of a panel's 64 neurons, what is carried on in memory: <see cref="LifGradientKernel"/> for columns that drive each other.</summary>
internal static class LifGradientStepKernel
{
    /// <param name="surrogate">The surrogate and the way of resets.</param>
    /// <param name="lanes">Constants of the neurons.</param>
    /// <param name="panel">Which 64 lanes.</param>
    /// <param name="step">What the step's gradient is made of.</param>
    /// <param name="membranes">Membranes of the panel before the reset, [lane]; receives ∂loss/∂current.</param>
    public static void Run(Surrogate surrogate, Lanes lanes, int panel, in StepGradient step, Span<float> membranes)
    {
        float attached = surrogate.Reset == ResetGradient.Attached ? 1 : 0;
        switch (surrogate.Gradient)
        {
            case ATan rule: Run(new ATanShape(rule), attached, lanes, panel, step, membranes); break;
            case FastSigmoid rule: Run(new FastSigmoidShape(rule), attached, lanes, panel, step, membranes); break;
            case Triangle rule: Run(new TriangleShape(rule), attached, lanes, panel, step, membranes); break;
            case StraightThrough: Run(new StraightThroughShape(), attached, lanes, panel, step, membranes); break;
            default: throw new NotSupportedException($"{surrogate.Gradient.GetType().Name} has no kernel.");
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TShape>(TShape shape, float attached, Lanes lanes, int panel, in StepGradient step, Span<float> membranes)
        where TShape : struct, ISurrogateShape
    {
        ref float target = ref MemoryMarshal.GetReference(membranes), accumulated = ref MemoryMarshal.GetReference(step.Accumulated);
        ref float nextMembrane = ref MemoryMarshal.GetReference(step.Membranes), nextSynapse = ref MemoryMarshal.GetReference(step.Synapses);
        for (int word = 0; word < Lanes.Panel; word += Lanes.Word)
        {
            nuint within = (nuint)word, lane = (nuint)(panel * Lanes.Panel + word);
            int column = (int)lane / Lanes.Word / lanes.WordsPerColumn;
            if (column >= lanes.Columns) return;   // beyond is padding, whose weights are 0 and stay so
            Vector512<float> alpha = Vector512.LoadUnsafe(ref lanes.MembraneDecay[0], lane), beta = Vector512.LoadUnsafe(ref lanes.SynapseDecay[0], lane);
            Vector512<float> threshold = Vector512.LoadUnsafe(ref lanes.Threshold[0], lane), reset = Vector512.LoadUnsafe(ref lanes.Reset[0], lane);
            Vector512<float> membrane = Vector512.LoadUnsafe(ref target, within), carried = alpha * Vector512.LoadUnsafe(ref nextMembrane, lane);
            Vector512<float> counted = Vector512.Create(step.Gains[column]) * Vector512.LoadUnsafe(ref accumulated, lane) + Vector512.Create(step.Rates[column]);
            Vector512<float> spike = Vector512.LoadUnsafe(ref lanes.Sign[0], lane) * counted + (reset - membrane) * carried * attached;
            Vector512<float> kept = Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(membrane, threshold), Vector512<float>.Zero, carried);
            Vector512<float> atMembrane = spike * shape.Derivative(membrane - threshold) + kept;
            Vector512<float> current = atMembrane + beta * Vector512.LoadUnsafe(ref nextSynapse, lane);
            atMembrane.StoreUnsafe(ref nextMembrane, lane);
            current.StoreUnsafe(ref nextSynapse, lane);
            current.StoreUnsafe(ref target, within);
            step.Heard[column] += Vector512.Sum(current);
        }
    }
}
