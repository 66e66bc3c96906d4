using Microsoft.ML.Spiking.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.State;

/// <summary>Numbers that a training goes on from: what they are called, how they are read and how they are put back.</summary>
/// <param name="Name">Their name in the checkpoint.</param>
/// <param name="Shape">Their shape there.</param>
/// <param name="Read">Reads them, row-major.</param>
/// <param name="Put">Puts them back.</param>
internal sealed record StateArray(string Name, int[] Shape, Func<float[]> Read, Action<float[]> Put)
{
    public static StateArray Of(string name, Tensor tensor) => new(name, [.. tensor.shape.Select(d => (int)d)], () => Values(tensor), values =>
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        tensor.copy_(torch.tensor(values, device: CPU).reshape(tensor.shape));
    });

    public static StateArray Of(string name, AlignedFloats values)
        => new(name, [values.Length], () => values.Span.ToArray(), stored => stored.CopyTo(values.Span));

    /// <summary>The same, stored in another order.</summary>
    public StateArray In(WeightOrder order) => new(Name, order.Shape, () => order.ToStored(Read()), stored => Put(order.ToHeld(stored)));

    private static float[] Values(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.detach().cpu().contiguous().data<float>().ToArray();
    }
}
