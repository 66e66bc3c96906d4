using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.State;

/// <summary><see cref="StateArray"/> of tensors.</summary>
internal static class TensorState
{
    /// <summary>A tensor as a training goes on from it, under a name.</summary>
    public static StateArray As(this Tensor tensor, string name) => new(name, [.. tensor.shape.Select(d => (int)d)], tensor.ToArray, values =>
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        tensor.copy_(torch.tensor(values, device: CPU).reshape(tensor.shape));
    })
    {
        Finite = tensor.IsFinite,
    };

    /// <summary>Whether all numbers are finite, found out on the device. Waits for it.</summary>
    public static bool IsFinite(this Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.detach().isfinite().all().cpu().item<bool>();
    }

    /// <summary>The only number of a tensor, without dimensions.</summary>
    public static StateArray Alone(this Tensor tensor, string name) => tensor.As(name) with { Shape = [] };

    /// <summary>A copy on the host, row-major. Waits for the device.</summary>
    public static float[] ToArray(this Tensor tensor)
    {
        if (tensor.numel() == 0) return [];   // of which the accessor has no first number
        using var scope = NewDisposeScope();
        return tensor.detach().cpu().contiguous().data<float>().ToArray();
    }
}
