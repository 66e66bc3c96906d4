using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Hosting;

namespace Microsoft.ML.Spiking.Onnx;

/// <summary>A population of neurons in an ONNX graph, step after step.</summary>
internal abstract class OnnxNeurons
{
    /// <param name="graph">The graph.</param>
    /// <param name="types">The types of neurons, all of one kind.</param>
    /// <param name="typeOf">Which of them each neuron is, [neuron]; empty where there is one type alone.</param>
    public static OnnxNeurons Of(OnnxGraph graph, ReadOnlySpan<Neuron> types, int[] typeOf) => types[0] switch
    {
        LifNeuron => new OnnxLifNeurons(Constants(graph, types, typeOf)),
        AdaptiveLifNeuron => new OnnxAdaptiveLifNeurons(Constants(graph, types, typeOf)),
        var other => throw Trouble.Onnx.NotSupported($"{other.GetType().Name} has no form in ONNX."),
    };

    /// <summary>Numbers that a neuron keeps from step to step, all of which begin at 0.</summary>
    public abstract int States { get; }

    /// <summary>The next time step.</summary>
    /// <param name="state">What the neurons keep, [row, ...] each.</param>
    /// <param name="current">What the input adds to the synaptic currents, [row, ...].</param>
    /// <returns>What they keep then; and which of them fire, as truths.</returns>
    public abstract (OnnxTensor[] State, OnnxTensor Fire) Step(OnnxTensor[] state, OnnxTensor current);

    // Each constant of the equations, one number for each neuron where there are several types.
    private static OnnxTensor[] Constants(OnnxGraph graph, ReadOnlySpan<Neuron> types, int[] typeOf)
    {
        float[][] values = [.. types.ToArray().Select(type => type.Constants.Select(constant => constant.Value).ToArray())];
        return [.. Enumerable.Range(0, values[0].Length).Select(k => typeOf.Length == 0
            ? graph.Constant(values[0][k])
            : graph.Constant(typeOf.Select(type => values[type][k]), typeOf.Length))];
    }
}
