using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Engines;
using Microsoft.ML.Spiking.Kernels;
using static TorchSharp.torch;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace Microsoft.ML.Spiking.Managed;

/// <summary>The gradient of the scale of the inputs on the CPU.</summary>
/// <remarks>
/// Straight through the spikes, as if ∂spike/∂probability were 1 (Bengio, Léonard and Courville 2013):
/// <c>∂loss/∂p[i] = Σ over neurons of w[n, i] · Σ over time of ∂loss/∂current[t, n]</c>. The sums over time come first, so that one product is
/// enough; from probability to scale it goes by autograd, and so by the code's own equation.
/// </remarks>
internal sealed class InputScaleGradient(ColumnSimulation columns, int inputs)
{
    private readonly Lanes _lanes = columns.Lanes;
    private float[] _currents = [];   // [sample, panel, lane], summed over time

    private int Batch => _currents.Length / (_lanes.Panels * Lanes.Panel);

    /// <summary>Makes room for a batch.</summary>
    public void Expect(int batch)
    {
        int length = _lanes.Panels * batch * Lanes.Panel;
        if (_currents.Length != length) _currents = new float[length];
    }

    /// <summary>Takes in a panel's currents on a sample.</summary>
    /// <param name="panel">Which 64 lanes.</param>
    /// <param name="sample">Which sample.</param>
    /// <param name="currents">∂loss/∂current, [step, lane].</param>
    public void Sum(int panel, int sample, ReadOnlySpan<float> currents)
    {
        Span<float> sum = _currents.AsSpan((sample * _lanes.Panels + panel) * Lanes.Panel, Lanes.Panel);
        sum.Clear();
        for (int at = 0; at < currents.Length; at += Lanes.Panel) TensorPrimitives.Add(sum, currents.Slice(at, Lanes.Panel), sum);
    }

    /// <summary>Leaves the gradient of a batch on the input scale.</summary>
    /// <param name="network">Whose input scale.</param>
    /// <param name="stimuli">What the samples were drawn from.</param>
    public void Leave(NetworkTensors network, IReadOnlyList<Stimulus> stimuli)
    {
        using var scope = NewDisposeScope();
        var features = new float[Batch * inputs];
        for (int sample = 0; sample < Batch; sample++) stimuli[sample].Source.CopyTo(features.AsSpan(sample * inputs, inputs));

        Tensor weights = tensor(columns.Weights.Values.Span.ToArray(), [_lanes.Panels, inputs, Lanes.Panel], device: CPU).transpose(1, 2).reshape(-1, inputs);
        Tensor gradient = tensor(_currents, [Batch, _lanes.Panels * Lanes.Panel], device: CPU).matmul(weights);
        Tensor probability = network.Network.ChosenCode.Probability(tensor(features, [Batch, inputs], device: CPU), network.InputScale);
        (probability * gradient).sum().backward();
    }
}
