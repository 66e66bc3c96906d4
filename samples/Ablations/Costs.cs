using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Samples.Ablations;

/// <summary>What predictions cost.</summary>
internal static class Costs
{
    /// <summary>The means over some rows.</summary>
    public static (double Spikes, double Operations) Of(SpikingNetworkTransformer network, IDataView rows)
    {
        double[][] costs = [.. network.WithCost().Transform(rows).GetColumn<double[]>("Cost")];
        return (costs.Average(cost => cost[1]), costs.Average(cost => cost[2]));
    }
}
