using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Microsoft.ML.Spiking.Tests;

/// <summary>The network of a golden file.</summary>
internal static class GoldenNetwork
{
    public static SpikingNetworkOptions Options(this GoldenFile file) => SpikingNetworkOptions.Reference with
    {
        Network = SpikingNetworkOptions.Reference.Network.EachLayer(layer => layer with
        {
            Columns = file.Integer("parameters.columns"),
            NeuronsPerColumn = file.Integer("parameters.neurons_per_column"),
            // Half a neuron more, since a fraction is rounded down.
            ExcitatoryFraction = (file.Integer("parameters.excitatory") + 0.5) / file.Integer("parameters.neurons_per_column"),
            Wiring = new WattsStrogatz { Neighbours = 0 },
            Plasticity = SpikingNetworkOptions.Reference.Network.ColumnLayers[0].Plasticity! with { LearningRate = file.Number("parameters.stdp_learning_rate") },
            StructuralPlasticity = SpikingNetworkOptions.Reference.Network.ColumnLayers[0].StructuralPlasticity! with { Interval = file.Integer("parameters.topology_update_every") },
        }) with
        {
            TimeSteps = file.Integer("parameters.time_steps"),
            Readout = new Readout { HiddenUnits = file.Integer("parameters.readout_hidden"), Dropout = 0 },
        },
    };

    public static int Inputs(this GoldenFile file) => file.Integer("parameters.inputs");

    /// <summary>[column, neuron, input], from the file's excitatory and inhibitory parts.</summary>
    public static float[] ColumnWeights(this GoldenFile file)
    {
        float[] excitatory = file.Array("inputs.excitatory_weights"), inhibitory = file.Array("inputs.inhibitory_weights");
        int columns = file.Integer("parameters.columns");
        int e = excitatory.Length / columns, i = inhibitory.Length / columns;
        return [.. Enumerable.Range(0, columns).SelectMany(c => excitatory.Skip(c * e).Take(e).Concat(inhibitory.Skip(c * i).Take(i)))];
    }

    public static SpikingModel Model(this GoldenFile file)
    {
        ImmutableArray<float> Array(string name) => ImmutableCollectionsMarshal.AsImmutableArray(file.Array($"inputs.{name}"));
        SpikingNetworkOptions options = file.Options();
        ColumnLayer layer = options.Network.ColumnLayers[0];
        return new SpikingModel
        {
            Network = options.Network,
            Input = InputShape.Intensities(file.Inputs()),
            Classes = file.Integer("parameters.classes"),
            Standardisation = new Standardisation(0, 1),
            InputScale = Array("input_scale"),
            Layers =
            [
                new TrainedLayer
                {
                    Layer = layer,
                    InputWeights = [.. file.ColumnWeights()],
                    InterWeights = Array("inter_weights"),
                    Topology = Graph.FromAdjacency(layer.Columns, file.Array("inputs.topology")),
                    ConnectionUsage = [.. new float[layer.Columns * layer.Columns]],
                    AverageRate = Array("spike_rate_avg"),
                    TargetRate = (float)file.Number("inputs.target_rate"),
                },
            ],
            HiddenWeights = Array("readout_0_weight"),
            HiddenBias = Array("readout_0_bias"),
            OutputWeights = Array("readout_3_weight"),
            OutputBias = Array("readout_3_bias"),
            Training = new TrainingRecord { History = [], Seed = 0, Rows = 0, Batches = 0, ValidationAccuracy = null, SpikeRate = 0 },
            Provenance = new TrainingProvenance(default, default, "", "", "", ""),
        };
    }
}
