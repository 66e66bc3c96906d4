using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>How a trained network adapts to other rows without labels (<see cref="SpikingNetworkTransformer.Adapt"/>).</summary>
public sealed record AdaptationOptions
{
    /// <summary>The most that weights are multiplied or divided by, 1 to 1,000. Default 10.</summary>
    public double MaximumGain { get; init; } = 10;

    /// <summary>Rows that rates are measured on, the first ones that miss nothing, at most 1,000,000. Default 2000.</summary>
    public int MaximumRows { get; init; } = 2000;

    /// <summary>Times that all rows are looked at, for each layer, at most 1,000. Default 10.</summary>
    public int Passes { get; init; } = 10;

    internal void Check()
    {
        Require.Within(MaximumGain, "AdaptationOptions.MaximumGain", least: 1, most: 1000);
        Require.Positive(MaximumRows, "AdaptationOptions.MaximumRows", most: 1_000_000);
        Require.Positive(Passes, "AdaptationOptions.Passes", most: 1000);
    }
}
