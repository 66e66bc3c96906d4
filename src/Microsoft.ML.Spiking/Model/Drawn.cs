using System.Runtime.InteropServices;
using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Kernels;

namespace Microsoft.ML.Spiking.Model;

/// <summary>A network as it is drawn, before anything is learnt: a reservoir of random columns without a readout.</summary>
internal static class Drawn
{
    /// <summary>The network without what learns, adapts or reads out.</summary>
    public static SpikingNetwork Of(SpikingNetwork network) => network with
    {
        Layers =
        [
            .. network.EachLayer(layer => layer with { Normalisation = null, Plasticity = null, StructuralPlasticity = null, Homeostasis = null }).Layers
                .Select(layer => layer is ConvolutionLayer maps ? maps with { Normalisation = null, Learning = new Reservoir() }
                    : layer with { Learning = new Reservoir() }),
        ],
        Readout = network.Readout with { HiddenUnits = 0, Dropout = 0 },
    };

    /// <param name="network">The network.</param>
    /// <param name="names">What its columns of the data are called.</param>
    /// <param name="seed">What it is drawn from.</param>
    /// <param name="input">What the input column holds.</param>
    /// <param name="statistics">Of the features.</param>
    public static SpikingModel Model(SpikingNetwork network, ColumnNames names, int seed, InputShape input, FeatureStatistics statistics) => new()
    {
        Network = network,
        Names = names,
        Input = input,
        Classes = 0,
        Standardisation = input.IsSpikeTrain ? Standardisation.None : network.ChosenCode.Standardise(statistics, network.Scaling),
        InputScale = ImmutableCollectionsMarshal.AsImmutableArray(network.ChosenCode.InitialInputScales(input.Inputs)),
        Layers = [.. network.Layers.Zip(InputWeights(network, input, seed))
            .Select((drawn, i) => Layer(drawn.First, drawn.Second, LayerSeed.Of(seed, i)))],
        HiddenWeights = [],
        HiddenBias = [],
        OutputWeights = [],
        OutputBias = [],
        Training = TrainingRecord.None with { Seed = seed },
        Provenance = TrainingProvenance.Of(TimeSpan.Zero, "none", "none"),
    };

    /// <summary>The weights of each layer's inputs, [column, neuron, input].</summary>
    public static float[][] InputWeights(SpikingNetwork network, InputShape input, int seed)
        => [.. network.Layers.Zip(network.ShapesOf(input), (layer, shape) => (layer, shape))
            .Select((made, i) => Draw(made.layer, made.shape, LayerSeed.Of(seed, i), i == 0 ? ReceptiveFields.Of(made.layer, input) : null))];

    private static float[] Draw(Layer layer, LayerShape shape, int seed, ReceptiveFields? fields) => layer switch
    {
        ColumnLayer columns => ColumnInitialiser.Draw(columns, shape.Synapses, seed, fields),
        ConvolutionLayer maps => ConvolutionInitialiser.Draw(maps, shape.Synapses, seed),
        _ => throw new NotSupportedException($"{layer.GetType().Name} has no initial weights."),
    };

    private static TrainedLayer Layer(Layer layer, float[] inputWeights, int seed) => new()
    {
        Layer = layer,
        InputWeights = ImmutableCollectionsMarshal.AsImmutableArray(inputWeights),
        Biases = [.. new float[layer.HasBiases ? layer.WeightSets : 0]],
        RecurrentWeights = ImmutableCollectionsMarshal.AsImmutableArray(RecurrentInitialiser.Draw(layer, seed)),
        RecurrentTopology = RecurrentInitialiser.Graph(layer, seed),
        InterWeights = ImmutableCollectionsMarshal.AsImmutableArray(LayerConnections.Weights(layer, seed)),
        Topology = LayerConnections.Graph(layer, seed),
        ConnectionUsage = [.. new float[layer.Nodes * layer.Nodes]],
        AverageRate = [.. new float[layer.Groups]],
        SilentShare = [.. new float[layer.Groups]],
        SaturatedShare = [.. new float[layer.Groups]],
        TargetRate = 0,
    };
}
