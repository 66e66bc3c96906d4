using System.Numerics.Tensors;
using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Kernels;

namespace Microsoft.ML.Spiking.Managed;

/// <summary>The gradient of the scale of the inputs on the CPU.</summary>
/// <remarks>
/// Straight through the spikes, as if ∂spike/∂probability were 1 (Bengio, Léonard and Courville 2013):
/// <c>∂loss/∂p[i] = Σ over neurons of w[n, i] · Σ over time of ∂loss/∂current[t, n]</c>. The sums over time come first, so that one product is
/// enough.
/// </remarks>
internal sealed class InputScaleGradient(ColumnSimulation columns, int inputs)
{
    private readonly Lanes _lanes = columns.Lanes;
    private AlignedFloats _currents = new(0);   // [sample, panel, lane], summed over time

    private int Batch => _currents.Length / (_lanes.Panels * Lanes.Panel);

    /// <summary>Makes room for a batch.</summary>
    public void Expect(int batch)
    {
        int length = _lanes.Panels * batch * Lanes.Panel;
        if (_currents.Length != length) _currents = new AlignedFloats(length);
    }

    /// <summary>Takes in a panel's currents on a sample.</summary>
    /// <param name="panel">Which 64 lanes.</param>
    /// <param name="sample">Which sample.</param>
    /// <param name="currents">∂loss/∂current, [step, lane].</param>
    public void Sum(int panel, int sample, ReadOnlySpan<float> currents)
    {
        Span<float> sum = _currents.Span.Slice((sample * _lanes.Panels + panel) * Lanes.Panel, Lanes.Panel);
        sum.Clear();
        for (int at = 0; at < currents.Length; at += Lanes.Panel) TensorPrimitives.Add(sum, currents.Slice(at, Lanes.Panel), sum);
    }

    /// <summary>Leaves the gradient of a batch on the input scale.</summary>
    /// <param name="network">Whose input scale.</param>
    /// <param name="stimuli">What the samples were drawn from.</param>
    public void Leave(NetworkArrays network, IReadOnlyList<Stimulus> stimuli)
    {
        var ofProbability = new AlignedFloats(Batch * inputs);
        Matrix currents = new(_currents, Batch, _lanes.Panels * Lanes.Panel), result = new(ofProbability, Batch, inputs);
        for (int panel = 0; panel < _lanes.Panels; panel++)
        {
            Matrix weights = new Matrix(columns.Weights.Values, _lanes.Panels * inputs, Lanes.Panel).Part(panel * inputs, 0, inputs, Lanes.Panel);
            MatrixProduct.Run(currents.Part(0, panel * Lanes.Panel, Batch, Lanes.Panel), weights.Transposed, result, add: panel > 0);
        }
        for (int sample = 0; sample < Batch; sample++) Add(network, stimuli[sample], ofProbability.Span.Slice(sample * inputs, inputs));
    }

    /// <summary>Adds to the gradient of the input scale what a sample's inputs bring.</summary>
    /// <param name="network">Whose input scale.</param>
    /// <param name="stimulus">What the sample was drawn from.</param>
    /// <param name="ofProbability">∂loss/∂p, [input].</param>
    public static void Add(NetworkArrays network, Stimulus stimulus, ReadOnlySpan<float> ofProbability)
    {
        var code = (PoissonCode)network.Network.ChosenCode;
        Span<float> scale = network.InputScale!.Weights.Span, gradient = network.InputScale.Gradient.Span;
        for (int i = 0; i < ofProbability.Length; i++) gradient[i] += ofProbability[i] * code.Slope(stimulus.Source[i], scale[i]);
    }
}
