using Microsoft.ML.Spiking.Native;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Plasticity;

/// <summary>What a layer did with a batch.</summary>
/// <param name="AllRates">The columns' signed rates, [time, batch, column].</param>
/// <param name="Counted">
/// Each neuron's spikes, each counted with its column's influence, summed over time: [batch, column, neuron], or [batch, window, column, neuron], behind whose
/// windows there is one more where the readout forgets or reads on, in which all count alike.
/// </param>
/// <param name="Sign">+1 for excitatory neurons, -1 for inhibitory ones, [neuron] of a column.</param>
/// <param name="SignShare">The sign over the number of time steps.</param>
/// <param name="Heard">How much each column heard of each other, [post, pre]; null where that is to be reckoned from the connections.</param>
internal sealed record LayerPass(Tensor AllRates, Tensor Counted, Tensor Sign, Tensor SignShare, Tensor? Heard = null)
{
    /// <summary>1 / what each window's spikes are averaged over, [batch, window, 1, 1]; null where all are counted over all steps.</summary>
    public Tensor? WindowShare { get; init; }

    /// <summary>1 / each row's own steps, [batch, 1, 1], where there are windows.</summary>
    public Tensor? RowShare { get; init; }

    /// <summary>What the readout reads of <see cref="Counted"/>.</summary>
    public Tensor Read => CountsApart ? Counted.narrow(1, 0, WindowShare!.shape[1]) : Counted;

    /// <summary>What each neuron comes to over all of a row's steps where there are windows, [batch, column, neuron]; outside any graph.</summary>
    public Tensor Whole => CountsApart ? Counted.detach().select(1, WindowShare!.shape[1]) : Counted.detach().sum(1);

    private bool CountsApart => WindowShare is not null && Counted.shape[1] > WindowShare.shape[1];

    /// <summary>The rates' means over the batch, [time, column].</summary>
    public Tensor Rates() => AllRates.mean([1]);

    /// <summary>The signed spikes that were counted, as the readout reads them, [batch, column, neuron] or [batch, window, column, neuron].</summary>
    public Tensor Accumulated() => Read * Sign;

    /// <summary>Spikes of a row, mean over the batch, where there are windows; null where the column rates tell. Outside any graph.</summary>
    public Tensor? SpikesPerRow() => RowShare is null ? null : Whole.abs().sum().mul((1.0 / Counted.shape[0]).Rooted());

    /// <summary>Mean over batch and neurons of |spike rate|, [column]; outside any graph.</summary>
    /// <param name="share">The part of each neuron of a column: 1 / (steps · batch · neurons), [neuron]; not asked where there are windows.</param>
    public Tensor ColumnRates(Tensor share) => RowShare is { } ofRow
        ? Whole.abs().mul(ofRow).mean([0, 2])
        : Counted.detach().view(Counted.shape[0], -1).norm(0, keepdim: false, 1).view(-1, share.shape[0]).mv(share);
}
