using System.Collections.Immutable;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Model;

namespace Microsoft.ML.Spiking;

/// <summary>A layer of a trained network: what it is, and what it learnt.</summary>
/// <remarks>C columns of N neurons, I inputs; arrays are row-major. Of a <see cref="ConvolutionLayer"/>, C are its channels.</remarks>
public sealed record TrainedLayer
{
    /// <summary>The layer, of <see cref="SpikingNetwork.Layers"/>.</summary>
    public required Layer Layer { get; init; }

    /// <summary>
    /// Weights from inputs to neurons, [C, N, I], of each column the excitatory neurons first. Where the synapses have <see cref="Layer.Delays"/>, I is as many
    /// as there are inputs for each of them, those of the first delay first. Of a <see cref="ConvolutionLayer"/> [channels, input channels, kernel rows, kernel
    /// columns], the input channels once for each delay.
    /// </summary>
    public required ImmutableArray<float> InputWeights { get; init; }

    /// <summary>
    /// A constant current of each neuron, [C, N], or of a <see cref="ConvolutionLayer"/> of each channel, [C]; empty without
    /// <see cref="CurrentNormalisation"/>, of whose learning it is the part that no weight is.
    /// </summary>
    public ImmutableArray<float> Biases { get; init; } = [];

    /// <summary>
    /// Weights between neurons, [pairs of columns, N, N] as [post, pre], of the pairs of <see cref="RecurrentTopology"/>, row by row; empty without
    /// <see cref="ColumnLayer.Recurrence"/>.
    /// </summary>
    public ImmutableArray<float> RecurrentWeights { get; init; } = [];

    /// <summary>
    /// Which columns' neurons hear which columns', perhaps their own among them; a graph without nodes where there is no <see cref="ColumnLayer.Recurrence"/>.
    /// </summary>
    public Graph RecurrentTopology { get; init; } = Graph.None;

    /// <summary>Weights between columns, [C, C] as [post, pre].</summary>
    public required ImmutableArray<float> InterWeights { get; init; }

    /// <summary>Connections between columns.</summary>
    public required Graph Topology { get; init; }

    /// <summary>
    /// Running usage of the connections at the end of training, [C, C] as [post, pre], as the <see cref="PlasticityRule"/> reckons it; zeros where that was
    /// off.
    /// </summary>
    public required ImmutableArray<float> ConnectionUsage { get; init; }

    /// <summary>Spike rate of each column under the evaluation code, [C], in spikes per neuron and time step.</summary>
    public ImmutableArray<float> AverageRate { get; init; } = [];

    /// <summary>
    /// Of the training rows that <see cref="AverageRate"/> was measured on, the share on which a column did not spike once, [C]: 0 to 1. A column that is
    /// silent on 99 % of them is dead.
    /// </summary>
    public ImmutableArray<float> SilentShare { get; init; } = [];

    /// <summary>The share of a column's neurons, over those rows, that spiked in every step, [C]: 0 to 1. A column of 50 % is saturated.</summary>
    public ImmutableArray<float> SaturatedShare { get; init; } = [];

    /// <summary>The rate that homeostasis aims at.</summary>
    public required float TargetRate { get; init; }

    /// <summary>Number of inputs, I, each counted once for each delay.</summary>
    public int Inputs => InputWeights.Length / Layer.WeightSets;

    /// <summary>Columns that never fire, and so tell the readout nothing.</summary>
    internal int[] DeadColumns => Columns(SilentShare, ColumnWarning.Dead);

    /// <summary>Columns that always fire, and so tell it no more.</summary>
    internal int[] SaturatedColumns => Columns(SaturatedShare, ColumnWarning.Saturated);

    /// <summary>What multiplies each column's rates before the readout, [C]: homeostasis at work.</summary>
    internal float[] RateScale()
    {
        var scale = new float[Layer.Groups];
        Array.Fill(scale, 1);
        if (Layer is not ColumnLayer { Homeostasis: { } rule }) return scale;
        for (int c = 0; c < scale.Length; c++)
            scale[c] = Math.Clamp(TargetRate / (AverageRate[c] + 1e-6f), (float)rule.MinimumScale, (float)rule.MaximumScale);
        return scale;
    }

    /// <summary>How much each column hears of each other, [post, pre]: sigmoid(weight) where connected, else 0.</summary>
    internal float[] Heard()
    {
        var weights = new float[InterWeights.Length];
        for (int i = 0; i < weights.Length; i++)
            if (Topology[i / Topology.Nodes, i % Topology.Nodes]) weights[i] = Logistic.Of(InterWeights[i]);
        return weights;
    }

    private static int[] Columns(ImmutableArray<float> shares, double least)
        => [.. Enumerable.Range(0, shares.Length).Where(column => shares[column] >= least)];
}
