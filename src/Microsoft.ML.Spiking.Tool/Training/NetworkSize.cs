using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Kernels;
using Microsoft.ML.Spiking.Model;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>A network before it is trained: how large it is, and what a prediction takes.</summary>
/// <param name="Data">The rows, in a few words.</param>
/// <param name="Inputs">Inputs to the columns.</param>
/// <param name="Layers">The layers, from the input on.</param>
/// <param name="Neurons">Neurons in all.</param>
/// <param name="TimeSteps">Steps that a row is shown for.</param>
/// <param name="HiddenUnits">Hidden units of the readout; 0 where it is linear.</param>
/// <param name="Classes">Classes.</param>
/// <param name="InputSynapses">Synapses from inputs to neurons, of all layers.</param>
/// <param name="Connections">Connections from column to column, at the start.</param>
/// <param name="Parameters">What is trained, by its place.</param>
/// <param name="DenseMultiplyAdds">Multiply-adds a row of an ordinary network of the same layers, which computes every synapse once.</param>
internal sealed record NetworkSize(
    string Data, int Inputs, IReadOnlyList<LayerSize> Layers, long Neurons, int TimeSteps, int HiddenUnits, int Classes,
    long InputSynapses, long Connections, ParameterCounts Parameters, long DenseMultiplyAdds)
{
    public static NetworkSize Of(SpikingNetworkOptions options, Samples samples)
    {
        DataViewType type = samples.View.Schema[Samples.Features].Type;
        SpikingNetwork network = options.Network;
        InputShape column = InputShape.Of(type)
            ?? throw Failure.Input($"The features are {type}, but training needs vectors of numbers of one size.",
                "give rows that all have the same number of features.");
        InputShape input = network.Shape(column)
            ?? throw Failure.Input($"The features are {type}, but the code that was chosen needs rows of [time, inputs].", "choose another code in --config.");
        if (input.Image is null && (network.Layers[0] is ColumnLayer { ReceptiveField: not null } || options.Augmentation is not null))
            throw Failure.Input($"The features are {type}, but the network needs images.", "give images, or train with --preset default.");
        if (network.Misfit(input) is { } misfit) throw Failure.Input($"The features are {type}. {misfit}", "give images, or train with --preset default.");
        int classes = (int)((KeyDataViewType)samples.View.Schema[Samples.Label].Type).Count, hidden = network.Readout.HiddenUnits;
        LayerSize[] layers = [.. network.Layers.Zip(network.ShapesOf(input))
            .Select((layer, i) => LayerSize.Of(layer.First, layer.Second, (i == 0 ? FanIn(layer.First, input) : null) ?? layer.Second.Synapses))];
        int inputs = network.ReadoutInputs(input), attention = network.Readout.Attends ? inputs : 0;
        long readout = (long)inputs * (hidden > 0 ? hidden : classes) + (long)hidden * classes + attention,
            connections = layers.Sum(layer => layer.Connections);
        bool scaleLearns = network.Code?.InitialInputScale is not null && network.Layers[0].Learning is Surrogate;
        var parameters =
            new ParameterCounts(layers.Sum(layer => layer.TrainedSynapses), connections, scaleLearns ? input.Inputs : 0, readout + hidden + classes);
        return new NetworkSize(samples.Source, input.Inputs, layers, layers.Sum(layer => layer.Neurons), input.Steps ?? network.TimeSteps, hidden, classes,
            layers.Sum(layer => layer.InputSynapses), connections, parameters,
            layers.Sum(layer => layer.InputSynapses + layer.RecurrentSynapses + layer.NeuronsPerColumn * layer.Connections)
                + network.Readout.Readings * readout);
    }

    /// <summary>Inputs that a neuron of the first layer sees; null where all of them.</summary>
    private static int? FanIn(Layer layer, InputShape input)
    {
        try
        {
            return ReceptiveFields.Of(layer, input)?.FanIn;
        }
        catch (ArgumentException misfit)
        {
            throw Failure.Input(misfit.Message, "bring the images to another size with --size, or train with --preset default.");
        }
    }
}
