using System.Numerics.Tensors;

namespace Microsoft.ML.Spiking.Nir;

/// <summary>A Linear or Affine node: each input that is not 0 adds a multiple of its weights, in the order of the inputs, as our own kernels do.</summary>
internal sealed class NirSynapses
{
    private readonly float[] _weights, _bias, _part;   // [input, output]; [output]

    public NirSynapses(NirPlanNode node)
    {
        NirTensor weight = node.Node is NirAffine affine ? affine.Weight : ((NirLinear)node.Node).Weight;
        _bias = node.Node is NirAffine { Bias: var bias } ? [.. bias.Values.Select(value => (float)value)] : [];
        (_weights, _part) = (new float[weight.Values.Length], new float[node.Width]);
        for (int output = 0; output < node.Width; output++)
            for (int input = 0; input < node.Inputs; input++) _weights[input * node.Width + output] = (float)weight.Values[output * node.Inputs + input];
    }

    public void Step(ReadOnlySpan<float> input, Span<float> output)
    {
        output.Clear();
        for (int i = 0; i < input.Length; i++)
        {
            if (input[i] == 0) continue;
            ReadOnlySpan<float> weights = _weights.AsSpan(i * output.Length, output.Length);
            if (input[i] != 1)
            {
                TensorPrimitives.Multiply(weights, input[i], _part);
                weights = _part;
            }
            TensorPrimitives.Add(output, weights, output);
        }
        if (_bias.Length > 0) TensorPrimitives.Add(output, _bias, output);
    }
}
