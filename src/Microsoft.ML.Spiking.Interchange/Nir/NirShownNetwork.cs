using System.Numerics.Tensors;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Proof;

namespace Microsoft.ML.Spiking.Nir;

/// <summary>A graph in a simulation, which is shown golden rows.</summary>
/// <param name="graph">The graph; where it does not say which layer and columns its neurons are of, spikes are not told.</param>
/// <param name="timeStep">dt in seconds.</param>
/// <param name="shown">What it reads of a row, [steps, inputs].</param>
internal sealed class NirShownNetwork(NirGraph graph, double timeStep, Func<GoldenRow, float[]> shown) : IShownNetwork
{
    private readonly NirSimulation _simulation = new(graph, timeStep);
    private readonly string[] _outputs = [.. graph.Nodes.Where(node => node.Value is NirOutput).Select(node => node.Key)];

    public GoldenAnswer Show(GoldenRow row)
    {
        float[] input = shown(row);
        if (input.Length != row.Steps * _simulation.Inputs)
            throw Trouble.Foreign.InvalidData($"A golden row shows {input.Length / row.Steps} inputs, but the graph reads {_simulation.Inputs}.");
        NirActivity activity = _simulation.Run(input, row.Steps);
        float[]? scores = Scores(activity, row);
        return new GoldenAnswer(Spikes(activity, row), null, scores is null ? null : TrainedNetwork.Best(scores), scores);
    }

    private int[][]? Spikes(NirActivity activity, GoldenRow row)
    {
        int[][] counts = [.. row.Spikes.Select(layer => new int[layer.Length])];
        foreach (var (name, ofNeurons) in activity.SpikeCounts)
        {
            if (!graph.Nodes.TryGetValue(name, out NirNode? node) || node.Metadata.GetValueOrDefault(NirNames.Layer) is not long layer || layer < 0
                || layer >= counts.Length || node.Metadata.GetValueOrDefault(NirNames.Columns) is not long columns || columns != counts[layer].Length
                || ofNeurons.Length % columns != 0) return null;
            for (int n = 0; n < ofNeurons.Length; n++) counts[layer][n / (ofNeurons.Length / columns)] += ofNeurons[n];
        }
        return counts;
    }

    private float[]? Scores(NirActivity activity, GoldenRow row)
    {
        if (_outputs is not [var output] || row.Score.IsEmpty) return null;
        float[] scores = activity.Mean(output);
        bool isReadout = !graph.Edges.Any(edge => edge.To == output && graph.Nodes[edge.From] is NirCubaLif);
        if (!isReadout || scores.Length != row.Score.Length) return null;
        float temperature = graph.Metadata.GetValueOrDefault(NirNames.Temperature) is double divides and > 0 ? (float)divides : 1;
        TensorPrimitives.Subtract(scores, TensorPrimitives.Max<float>(scores), scores);
        TensorPrimitives.Divide(scores, temperature, scores);
        TensorPrimitives.SoftMax(scores, scores);
        return scores;
    }
}
