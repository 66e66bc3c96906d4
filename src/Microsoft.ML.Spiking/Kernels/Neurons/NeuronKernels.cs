using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>Neurons over time, panel by panel, whatever their type: chosen once for all lanes, and the type's equations are compiled into the loops.</summary>
internal abstract class NeuronKernels
{
    /// <summary>How many words of 16 lanes the loops over time take at once: as many as the registers hold, so that none waits for the step before.</summary>
    /// <remarks>
    /// Where vectors are narrower than a word, each of its numbers takes two registers or four, of 16 instead of 32. The loops ask for
    /// <see cref="Vector512.IsHardwareAccelerated"/> themselves: only then does the compiler not even look at what it leaves out.
    /// </remarks>
    public static int WordsAtOnce => Vector512.IsHardwareAccelerated ? 4 : Vector256.IsHardwareAccelerated ? 2 : 1;

    /// <summary>How many numbers of each lane and step the gradient goes back over. The first is the membrane before the reset.</summary>
    public abstract int Kept { get; }

    /// <summary>Which of them is the threshold of the step; null of a type whose threshold stays.</summary>
    public abstract int? KeptThreshold { get; }

    /// <summary>How many numbers of each lane <see cref="Step"/> remembers.</summary>
    public abstract int StateSize { get; }

    /// <summary>The kernels of these neurons.</summary>
    /// <param name="neuron">Their type.</param>
    /// <param name="lanes">Where they are, and their constants.</param>
    /// <param name="constantsLearn">Whether the way back finds the gradients by the constants too, for which more is kept.</param>
    public static NeuronKernels Of(Neuron neuron, Lanes lanes, bool constantsLearn = false) => neuron switch
    {
        LifNeuron when constantsLearn => new NeuronKernels<LearningLifDynamics, LifStates, LearningLifGradients>(lanes),
        LifNeuron => new NeuronKernels<LifDynamics, LifStates, LifGradients>(lanes),
        AdaptiveLifNeuron when constantsLearn => new NeuronKernels<LearningAdaptiveLifDynamics, AdaptiveLifStates, LearningAdaptiveLifGradients>(lanes),
        AdaptiveLifNeuron => new NeuronKernels<AdaptiveLifDynamics, AdaptiveLifStates, AdaptiveLifStates>(lanes),
        _ => throw new NotSupportedException($"{neuron.GetType().Name} has no kernel."),
    };

    /// <summary>How many numbers of each lane and step are kept of a layer's neurons while it learns.</summary>
    public static int KeptBy(ColumnLayer layer)
        => Of(layer.Excitatory, new Lanes(layer with { Columns = 1, NeuronsPerColumn = 1 }), layer.LearnsNeurons).Kept;

    /// <summary>All time steps, the state in registers throughout.</summary>
    /// <param name="currents">Input currents, [step, lane].</param>
    /// <param name="stride">Numbers from one step's currents to the next's: 64, or 0 where all steps have the same.</param>
    /// <param name="panel">Which 64 lanes.</param>
    /// <param name="spikes">Receives, for each step, the neurons that fired, as bits.</param>
    /// <param name="kept">Receives what the gradient goes back over, [step, kept, lane]; empty to forget it.</param>
    public abstract void Run(ReadOnlySpan<float> currents, int stride, int panel, Span<ulong> spikes, Span<float> kept = default);

    /// <summary>One time step, the state in memory: for neurons that hear each other, so that all take a step before any takes the next.</summary>
    /// <param name="currents">Input currents of the panel, [lane].</param>
    /// <param name="heard">What the neurons of each column receive of the other columns, [column].</param>
    /// <param name="panel">Which 64 lanes.</param>
    /// <param name="states">States of the panel, [word, number, lane]; changed. All 0 before the first step.</param>
    /// <param name="kept">Receives what the gradient goes back over, [kept, lane]; empty to forget it.</param>
    /// <returns>The neurons that fired, as bits.</returns>
    public abstract ulong Step(ReadOnlySpan<float> currents, ReadOnlySpan<float> heard, int panel, Span<float> states, Span<float> kept);

    /// <summary>The way back.</summary>
    public abstract NeuronGradient Gradient(Surrogate surrogate);
}
