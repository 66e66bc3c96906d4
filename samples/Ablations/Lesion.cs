namespace Microsoft.ML.Spiking.Samples.Ablations;

/// <summary>A loss after training.</summary>
/// <param name="Name">What is lost.</param>
/// <param name="Lost">Which share.</param>
/// <param name="Columns">Whether whole columns are lost, or neurons wherever they are.</param>
internal sealed record Lesion(string Name, double Lost, bool Columns)
{
    /// <summary>A network of one layer without them.</summary>
    public SpikingNetworkTransformer Of(MLContext ml, SpikingNetworkTransformer network, int seed)
    {
        TrainedLayer layer = network.Model.Layers.Single();
        var columns = (ColumnLayer)layer.Layer;
        bool[] dead = Drawn(Columns ? columns.Columns : columns.Columns * columns.NeuronsPerColumn, seed);
        int each = layer.InputWeights.Length / dead.Length;
        TrainedLayer left = layer with { InputWeights = [.. layer.InputWeights.Select((weight, i) => dead[i / each] ? 0 : weight)] };
        return new SpikingNetworkTransformer(ml, network.Model with { Layers = [left] }, network.Outputs);
    }

    /// <summary>A winner-take-all layer without them.</summary>
    public WinnerTakeAllTransformer Of(MLContext ml, WinnerTakeAllTransformer layer, int seed)
    {
        WinnerTakeAllModel model = layer.Model;
        bool[] dead = Drawn(model.Network.Neurons, seed);
        return new WinnerTakeAllTransformer(ml, model with
        {
            Weights = [.. model.Weights.Select((weight, i) => dead[i / model.Input.Features] ? 0 : weight)],
            ClassSpikes = [.. model.ClassSpikes.Select((spikes, i) => dead[i / model.Classes] ? 0 : spikes)],
        }, labels: null);
    }

    private bool[] Drawn(int units, int seed)
    {
        int[] order = [.. Enumerable.Range(0, units)];
        new Random(seed).Shuffle(order);
        var dead = new bool[units];
        foreach (int unit in order.AsSpan(0, (int)Math.Round(Lost * units))) dead[unit] = true;
        return dead;
    }
}
