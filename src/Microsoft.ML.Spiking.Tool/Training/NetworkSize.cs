using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>A network before it is trained: how large it is, and what a prediction takes.</summary>
/// <param name="Data">The rows, in a few words.</param>
/// <param name="Inputs">Inputs to the columns.</param>
/// <param name="Columns">Cortical columns.</param>
/// <param name="NeuronsPerColumn">Neurons in each of them.</param>
/// <param name="Neurons">Neurons in all.</param>
/// <param name="TimeSteps">Steps that a row is shown for.</param>
/// <param name="HiddenUnits">Hidden units of the readout; 0 where it is linear.</param>
/// <param name="Classes">Classes.</param>
/// <param name="InputSynapses">Synapses from inputs to neurons.</param>
/// <param name="Connections">Connections from column to column, at the start.</param>
/// <param name="Parameters">What is trained, by its place.</param>
/// <param name="DenseMultiplyAdds">Multiply-adds a row of an ordinary network of the same layers, which computes every synapse once.</param>
internal sealed record NetworkSize(
    string Data, int Inputs, int Columns, int NeuronsPerColumn, long Neurons, int TimeSteps, int HiddenUnits, int Classes, long InputSynapses, long Connections, ParameterCounts Parameters, long DenseMultiplyAdds)
{
    public static NetworkSize Of(SpikingNetworkOptions options, Samples samples)
    {
        DataViewType type = samples.View.Schema[Samples.Features].Type;
        InputShape column = InputShape.Of(type) ?? throw Failure.Input($"The features are {type}, but training needs vectors of numbers of one size.", "give rows that all have the same number of features.");
        InputShape input = (options.Code is { } code ? code.Shape(column) : column) ?? throw Failure.Input($"The features are {type}, but the code that was chosen needs rows of [time, inputs].", "choose another code in --config.");
        if (input.Image is null && (options.ReceptiveField is not null || options.Augmentation is not null))
            throw Failure.Input($"The features are {type}, but the network needs images.", "give images, or train with --preset default.");
        int fanIn = FanIn(options, input), classes = (int)((KeyDataViewType)samples.View.Schema[Samples.Label].Type).Count;
        int steps = input.Steps ?? options.TimeSteps, hidden = options.Readout.HiddenUnits;
        long neurons = (long)options.Columns * options.NeuronsPerColumn, synapses = neurons * fanIn, connections = (long)options.Columns * options.Wiring.Neighbours;
        long readout = neurons * (hidden > 0 ? hidden : classes) + (long)hidden * classes;
        var parameters = new ParameterCounts(
            options.Learning is Surrogate ? synapses : 0, connections, options.Code?.InitialInputScale is null || options.Learning is not Surrogate ? 0 : input.Inputs, readout + hidden + classes);
        return new NetworkSize(samples.Source, input.Inputs, options.Columns, options.NeuronsPerColumn, neurons, steps, hidden, classes, synapses, connections, parameters,
            synapses + options.NeuronsPerColumn * connections + readout);
    }

    private static int FanIn(SpikingNetworkOptions options, InputShape input)
    {
        try
        {
            return ReceptiveFields.Of(options, input)?.FanIn ?? input.Inputs;
        }
        catch (ArgumentException misfit)
        {
            throw Failure.Input(misfit.Message, "bring the images to another size with --size, or train with --preset default.");
        }
    }
}
