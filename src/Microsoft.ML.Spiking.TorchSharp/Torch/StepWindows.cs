using Microsoft.ML.Spiking.Native;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Torch;

/// <summary>Which of a batch's time steps count in which window, where rows have lengths of their own or the readout tells early from late.</summary>
/// <param name="Member">1 where a step of a row is in the window, else 0, [batch, window, time].</param>
/// <param name="Share">1 / the window's steps, and 1 where it has none, [batch, window, 1, 1].</param>
/// <param name="RowShare">1 / the row's own steps, [batch, 1, 1].</param>
internal sealed record StepWindows(Tensor Member, Tensor Share, Tensor RowShare) : IDisposable
{
    /// <param name="there">1 where a row is there, 0 after its end, [time, batch]; null where all rows have all steps.</param>
    /// <param name="steps">Time steps.</param>
    /// <param name="batch">Rows.</param>
    /// <param name="windows">Windows that each row's own steps are cut into.</param>
    /// <param name="device">Where to compute.</param>
    public static StepWindows Of(Tensor? there, long steps, long batch, int windows, Device device)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor lengths = there is null ? full([batch], ((double)steps).Rooted(), float32, device) : there.sum(dim: 0);
        // Window w begins at length · w / windows, rounded down, as the managed engine has it; such products are whole numbers of float32.
        Tensor edges = lengths.unsqueeze(1).mul(From0(windows + 1, device)).div(((double)windows).Rooted()).floor().unsqueeze(2), time = From0(steps, device);
        Tensor member = (time.ge(edges.narrow(1, 0, windows)) & time.lt(edges.narrow(1, 1, windows))).to_type(float32);
        Tensor own = member.sum(2).clamp_min(1.0.Rooted()).reciprocal().view(batch, windows, 1, 1);
        Tensor row = lengths.clamp_min(1.0.Rooted()).reciprocal().view(batch, 1, 1);
        return new StepWindows(member.DetachFromDisposeScope(), own.DetachFromDisposeScope(), row.DetachFromDisposeScope());
    }

    public void Dispose()
    {
        foreach (Tensor tensor in (Tensor[])[Member, Share, RowShare]) tensor.Dispose();
    }

    /// <summary>0, 1, 2 and so on, made on the device.</summary>
    private static Tensor From0(long count, Device device) => ones([count], float32, device).cumsum(0).sub_(1.0.Rooted());
}
