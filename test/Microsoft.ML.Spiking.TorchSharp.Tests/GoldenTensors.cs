using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Tests;

/// <summary>Between golden arrays and tensors.</summary>
internal static class GoldenTensors
{
    public static Tensor Tensor(this GoldenFile file, string path) => tensor(file.Array(path), [.. file.Shape(path).Select(d => (long)d)]);

    public static float[] Read(this Tensor tensor) => tensor.numel() == 0 ? [] : tensor.detach().cpu().to_type(float32).contiguous().data<float>().ToArray();

    public static void Set(this Tensor tensor, float[] values)
    {
        using var noGrad = no_grad();
        tensor.copy_(torch.tensor(values, tensor.shape));
    }

    /// <summary>The network that a golden file starts from.</summary>
    public static NetworkTensors Network(this GoldenFile file)
    {
        LibTorch.EnsureLoaded();
        var network = new NetworkTensors(file.Options().Network, file.Inputs(), file.Integer("parameters.classes"), seed: 1, CPU);
        network.InputScale!.Set(file.Array("inputs.input_scale"));
        network.Layers[0].Topology.Set(file.Array("inputs.topology"));
        network.Layers[0].InterWeights.Set(file.Array("inputs.inter_weights"));
        network.HiddenWeight!.Set(file.Array("inputs.readout_0_weight"));
        network.HiddenBias!.Set(file.Array("inputs.readout_0_bias"));
        network.OutputWeight.Set(file.Array("inputs.readout_3_weight"));
        network.OutputBias.Set(file.Array("inputs.readout_3_bias"));
        return network;
    }
}
