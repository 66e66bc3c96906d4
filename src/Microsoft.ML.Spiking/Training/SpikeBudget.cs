using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>Trains a network to do with so many spikes: whatever it fires beyond them costs it in the loss.</summary>
/// <remarks>
/// <para>Of each training batch, spikes is the mean over its rows of the spikes of all neurons of all layers, each counted as much as the other columns make it
/// count (SpikeRate · neurons · time steps), and the loss gains
/// <code>Weight · max(0, spikes / SpikesPerRow - 1)</code>
/// Its gradient is the same for every spike, so that those go first that matter least to the answers; below the budget nothing pulls.</para>
/// <para>It is the spikes of training that are held, under the code that training shows; prediction, which sees an input without noise, fires about as often.
/// What it really fires, <see cref="SpikingNetworkOptions.CostColumnName"/> counts. A <see cref="Homeostasis"/> whose rates lie above the budget pulls the
/// other way, but by less. Layers that do not learn spend what they spend.</para>
/// </remarks>
public sealed record SpikeBudget
{
    /// <summary>Spikes of all neurons that a row may take, on the mean. Default 100.</summary>
    public double SpikesPerRow { get; init; } = 100;

    /// <summary>What twice the budget adds to the loss, in nats. Default 1.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>What the loss gains.</summary>
    /// <param name="spikes">Spikes a row.</param>
    internal double Loss(double spikes) => Weight * Math.Max(0, spikes / SpikesPerRow - 1);

    /// <summary>The derivative of <see cref="Loss"/> beyond the budget.</summary>
    internal double Slope => Weight / SpikesPerRow;

    internal void Check()
    {
        Require.Positive(SpikesPerRow, "SpikeBudget.SpikesPerRow");
        Require.NotNegative(Weight, "SpikeBudget.Weight");
    }
}
