using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Kernels;

namespace Microsoft.ML.Spiking.Competition;

/// <summary>The numbers of a winner-take-all layer as its kernels want them: neurons in SIMD lanes, in panels of 64.</summary>
internal sealed unsafe class CompetitiveLayer
{
    private readonly AlignedFloats _weights, _thresholds;

    /// <param name="network">The layer.</param>
    /// <param name="inputs">Number of inputs.</param>
    /// <param name="gain">What a spike through a weight of 1 adds to a potential.</param>
    public CompetitiveLayer(WinnerTakeAllNetwork network, int inputs, float gain)
    {
        (Network, Inputs, Gain) = (network, inputs, gain);
        Panels = PanelsOf(network.Neurons);
        (_weights, _thresholds) = (new AlignedFloats(Panels * Lanes.Panel * inputs), new AlignedFloats(Panels * Lanes.Panel));
        // Lanes beyond the neurons never fire.
        _thresholds.Span.Fill(float.PositiveInfinity);
        NeuronThresholds.Fill((float)network.Threshold);
    }

    public WinnerTakeAllNetwork Network { get; }

    public int Inputs { get; }

    public float Gain { get; }

    public int Panels { get; }

    /// <summary>At which potential each neuron fires, [lane]; valid as long as the layer is alive.</summary>
    public float* Thresholds => _thresholds.First;

    /// <summary>Panels of 64 lanes for so many neurons.</summary>
    public static int PanelsOf(int neurons) => (neurons + Lanes.Panel - 1) / Lanes.Panel;

    /// <summary>A layer with weights from <paramref name="random"/>, scaled to their mean.</summary>
    public static CompetitiveLayer Draw(WinnerTakeAllNetwork network, int inputs, float gain, double meanWeight, CounterRandom random)
    {
        var layer = new CompetitiveLayer(network, inputs, gain);
        var own = new float[inputs];
        for (int neuron = 0; neuron < network.Neurons; neuron++)
        {
            CounterRandom source = random.For((ulong)neuron);
            for (int i = 0; i < inputs; i++) own[i] = (float)source.Uniform((ulong)i);
            StdpKernel.Normalise(own, (float)meanWeight);
            layer.SetWeights(neuron, own);
        }
        return layer;
    }

    /// <summary>The layer of a model.</summary>
    public static CompetitiveLayer Of(WinnerTakeAllModel model)
    {
        var layer = new CompetitiveLayer(model.Network, model.Input.Features, model.Gain);
        for (int neuron = 0; neuron < model.Network.Neurons; neuron++)
            layer.SetWeights(neuron, model.Weights.AsSpan().Slice(neuron * layer.Inputs, layer.Inputs));
        model.Thresholds.CopyTo(layer.NeuronThresholds);
        return layer;
    }

    /// <summary>A copy of the weights of all neurons, [neuron, input].</summary>
    public ImmutableArray<float> AllWeights()
    {
        var weights = new float[Network.Neurons * Inputs];
        for (int neuron = 0; neuron < Network.Neurons; neuron++) CopyWeights(neuron, weights.AsSpan(neuron * Inputs, Inputs));
        return ImmutableCollectionsMarshal.AsImmutableArray(weights);
    }

    /// <summary>A panel's weights, [input, lane].</summary>
    public ReadOnlySpan<float> Panel(int panel) => _weights.Span.Slice(panel * Lanes.Panel * Inputs, Lanes.Panel * Inputs);

    /// <summary>Copies what a neuron weighs its inputs by.</summary>
    public void CopyWeights(int neuron, Span<float> target)
    {
        ReadOnlySpan<float> first = Panel(neuron / Lanes.Panel)[(neuron % Lanes.Panel)..];
        for (int i = 0; i < target.Length; i++) target[i] = first[i * Lanes.Panel];
    }

    public void SetWeights(int neuron, ReadOnlySpan<float> weights)
    {
        Span<float> first = _weights.Span.Slice(neuron / Lanes.Panel * Lanes.Panel * Inputs, Lanes.Panel * Inputs)[(neuron % Lanes.Panel)..];
        for (int i = 0; i < weights.Length; i++) first[i * Lanes.Panel] = weights[i];
    }

    /// <summary>At which potential each neuron fires, [neuron].</summary>
    public Span<float> NeuronThresholds => _thresholds.Span[..Network.Neurons];

    /// <summary>Brings all thresholds nearer to where they began.</summary>
    public void Recover(float decay)
    {
        float rest = (float)Network.Threshold;
        foreach (ref float threshold in NeuronThresholds) threshold = rest + (threshold - rest) * decay;
    }
}
