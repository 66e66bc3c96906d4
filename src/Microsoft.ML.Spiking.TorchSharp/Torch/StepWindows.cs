using Microsoft.ML.Spiking.Kernels;
using Microsoft.ML.Spiking.Native;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Torch;

/// <summary>
/// What a batch's time steps count in which window, where rows have lengths of their own, or the readout tells early from late or forgets.
/// </summary>
/// <param name="Member">
/// What a spike in a step of a row counts in the window, 0 outside of it, [batch, window, time]. Where the readout forgets or reads on, so that a window
/// begins with the row, behind the last one there is one more, in which all steps of the row count alike: the readout does not read it, and rates are of it
/// alone.
/// </param>
/// <param name="Share">
/// 1 / what a neuron comes to that fires in all steps of the window, and 1 where it has none, [batch, window, 1, 1]; of a readout that reads on, in all steps
/// that a row may have.
/// </param>
/// <param name="RowShare">1 / the row's own steps, [batch, 1, 1].</param>
internal sealed record StepWindows(Tensor Member, Tensor Share, Tensor RowShare) : IDisposable
{
    /// <summary>Windows, and what is behind them.</summary>
    public long Count => Member.shape[1];

    /// <summary>Whether there is more than what the readout reads.</summary>
    public bool CountsApart => Count > Share.shape[1];

    /// <returns>Null where all rows have all steps, and a single window in which all count alike.</returns>
    /// <param name="layer">Whose spikes are counted.</param>
    /// <param name="there">1 where a row is there, 0 after its end, [time, batch]; null where all rows have all steps.</param>
    /// <param name="steps">Time steps.</param>
    /// <param name="batch">Rows.</param>
    /// <param name="device">Where to compute.</param>
    public static StepWindows? Of(TorchLayer layer, Tensor? there, long steps, long batch, Device device)
        => there is null && layer is { Windows: 1, TimeConstant: null } ? null
            : Of(there, steps, batch, layer, Fading.Of(layer.TimeConstant, (int)steps), device);

    /// <summary>Of what was counted in each window, [batch, window, ..], what the row comes to, [batch, 1, ..].</summary>
    public Tensor Whole(Tensor counted) => CountsApart ? counted.narrow(1, Count - 1, 1) : counted.sum(1, keepdim: true);

    public void Dispose()
    {
        foreach (Tensor tensor in (Tensor[])[Member, Share, RowShare]) tensor.Dispose();
    }

    private static StepWindows Of(Tensor? there, long steps, long batch, TorchLayer layer, Fading? fading, Device device)
    {
        int windows = layer.Windows;
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor lengths = there is null ? full([batch], ((double)steps).Rooted(), float32, device) : there.sum(dim: 0);
        // Window w begins at length · w / windows, rounded down, as the managed engine has it; such products are whole numbers of float32.
        Tensor edges = lengths.unsqueeze(1).mul(From0(windows + 1, device)).div(((double)windows).Rooted()).floor().unsqueeze(2), time = From0(steps, device);
        Tensor begins = edges.narrow(1, 0, windows), ends = edges.narrow(1, 1, windows), end = edges.narrow(1, windows, 1);
        // What ends before the first step does has seen that.
        if (layer.ReadsOn) (begins, ends) = (zeros_like(begins), minimum(ends.clamp_min(1.0.Rooted()), end));
        Tensor member = (time.ge(begins) & time.lt(ends)).to_type(float32), all = member;
        if (fading is not null)
        {
            // ρ to the power of the steps from there to the window's end.
            Tensor before = ends.add(time, alpha: (-1.0).Rooted()).sub_(1.0.Rooted()).clamp_min_(0.0.Rooted());
            member = before.mul_(Math.Log(fading.Decay).Rooted()).exp_().mul_(member);
        }
        if (fading is not null || layer.ReadsOn) all = cat([member, time.lt(end).to_type(float32)], dim: 1);
        // A window's last step counts 1, so that less than that is a window without steps.
        Tensor own = layer.ReadsOn
            ? full([batch, windows, 1, 1], (1 / (double)(fading?.Total((int)steps) ?? steps)).Rooted(), float32, device)
            : member.sum(2).clamp_min(1.0.Rooted()).reciprocal().view(batch, windows, 1, 1);
        Tensor row = lengths.clamp_min(1.0.Rooted()).reciprocal().view(batch, 1, 1);
        return new StepWindows(all.DetachFromDisposeScope(), own.DetachFromDisposeScope(), row.DetachFromDisposeScope());
    }

    /// <summary>0, 1, 2 and so on, made on the device.</summary>
    private static Tensor From0(long count, Device device) => ones([count], float32, device).cumsum(0).sub_(1.0.Rooted());
}
