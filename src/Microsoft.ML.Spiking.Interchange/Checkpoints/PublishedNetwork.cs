using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Hosting;
using Microsoft.ML.Spiking.Model;
using Microsoft.ML.Spiking.Storage;
using Microsoft.ML.Spiking.Transforms;

namespace Microsoft.ML.Spiking.Checkpoints;

/// <summary>The network of a checkpoint of the published program, of what its tensors, its hyperparams and the reader's options say.</summary>
internal static class PublishedNetwork
{
    // Inhibitory neurons' time constants, of the excitatory ones'.
    private const double Quicker = 0.8;

    /// <exception cref="InvalidDataException">They contradict each other, or one of them is needed and says nothing.</exception>
    public static (SpikingModel Model, ClassOutputs Outputs) Of(PublishedState state, Hyperparameters stated, PublishedHistory history, PyTorchOptions options)
    {
        Agree("columns", stated.Columns, state.Columns);
        Agree("neurons per column", stated.NeuronsPerColumn, state.Neurons);
        Agree("inputs", stated.Inputs, state.Inputs);
        Agree("classes", stated.Classes, state.Classes);
        SpikingNetwork network = Network(state, stated, options);
        int[] dimensions = state.Inputs == 28 * 28 ? [28, 28] : [state.Inputs];
        InputShape input = InputShape.Intensities(dimensions);
        if (options.Classes.Length is > 0 and var named && named != state.Classes)
            throw new InvalidDataException($"it tells {state.Classes} classes apart, but Classes names {named}.");
        SpikingModelFile.Possible(network.Check);
        if (ModelSize.Fault(network, input, state.Classes, copies: 1, ModelSize.Memory) is { } fault)
            throw new InvalidDataException($"it cannot be held: {fault}");

        var outline = new ModelOutline(
            ColumnNames.Default with { Features = options.FeatureColumnName }, dimensions, SpikeTrains: false, state.Classes, Scales: 1, [state.TargetRate]);
        SpikingModelFile.Possible(() => outline.Columns.CheckOutputs(binary: false));
        var shapes = SpikingModelArrays.Shapes(network, input, state.Classes, scales: 1);
        Dictionary<string, float[]> arrays = state.Arrays();
        arrays["standardisation.offset"] = [(float)options.Mean];
        arrays["standardisation.unit"] = [(float)options.Deviation];
        foreach (var (name, shape) in shapes)   // how used, silent or saturated anything was, the program does not keep
            if (!arrays.ContainsKey(name)) arrays[name] = new float[SafeTensors.Size(shape)];
        SpikingModel model = SpikingModelArrays.Model(network, input, outline, SpikingModelFile.Checked(network, shapes, arrays)) with
        {
            Training = Record(state, stated, history),
            Provenance = TrainingProvenance.None with { Device = "PyTorch", Duration = history.Duration },
        };
        return (model, new MulticlassOutputs(options.Classes.IsEmpty ? null : LabelValues.Of(options.Classes)));
    }

    /// <summary>Whether the neurons of a network have the constants of a state_dict, to the bit.</summary>
    public static bool HasConstants(ColumnLayer layer, PublishedState state)
        => layer is { Excitatory: LifNeuron own, Inhibitory: LifNeuron other }
            && own.MembraneDecay == state.ExcitatoryMembrane && own.SynapseDecay == state.ExcitatorySynapse
            && other.MembraneDecay == state.InhibitoryMembrane && other.SynapseDecay == state.InhibitorySynapse;

    private static SpikingNetwork Network(PublishedState state, Hyperparameters stated, PyTorchOptions options)
    {
        SpikingNetwork published = SpikingNetworkOptions.Reference.Network;
        double? steps = options.TimeSteps ?? stated.TimeSteps;
        if (steps is not >= 1 || steps % 1 != 0 || steps > int.MaxValue)
            throw new InvalidDataException(steps is null
                ? $"it does not say for how many time steps a row is shown (its hyperparams: {stated.Names}); say so by PyTorchOptions.TimeSteps."
                : $"its hyperparams show a row for {steps} time steps, but that must be a whole number of 1 or more.");
        double? membrane = options.MembraneTimeConstant ?? stated.MembraneTimeConstant, synapse = options.SynapseTimeConstant ?? stated.SynapseTimeConstant;
        LifNeuron Neuron(string name, float alpha, float beta, double quicker, float threshold) => new()
        {
            MembraneTimeConstant = Time($"{name}.alpha", alpha, membrane * quicker, state.Rounding),
            SynapseTimeConstant = Time($"{name}.beta", beta, synapse * quicker, state.Rounding),
            Threshold = threshold,
        };
        ColumnLayer layer = published.ColumnLayers[0] with
        {
            Columns = state.Columns,
            NeuronsPerColumn = state.Neurons,
            Excitatory = Neuron("lif_exc", state.ExcitatoryMembrane, state.ExcitatorySynapse, 1, options.ExcitatoryThreshold),
            Inhibitory = Neuron("lif_inh", state.InhibitoryMembrane, state.InhibitorySynapse, Quicker, options.InhibitoryThreshold),
            Wiring = Wiring(stated, state.Columns),
        };
        // Half a neuron more, since a fraction is rounded down.
        if (layer.ExcitatoryNeurons != state.Excitatory) layer = layer with { ExcitatoryFraction = (state.Excitatory + 0.5) / state.Neurons };
        return published with
        {
            Code = (SigmoidCode)published.Code! with { Mean = options.Mean, Deviation = options.Deviation },
            TimeSteps = (int)steps.Value,
            Layers = [layer],
            Readout = published.Readout with { HiddenUnits = state.Hidden },
        };
    }

    /// <summary>The time constant whose decay is, to the bit, what the file holds.</summary>
    private static double Time(string name, float decay, double? stated, double rounding)
    {
        if (stated is { } time && Math.Abs(decay - Math.Exp(-1 / time)) > rounding * decay)
            throw new InvalidDataException(
                $"its '{name}' is {Require.Said(decay)}, but a time constant of {Require.Said(time)} steps makes it {Require.Said(Math.Exp(-1 / time))}.");
        double held = -1 / Math.Log(decay), round = stated ?? Math.Round(held, 3);
        return (float)Math.Exp(-1 / round) == decay ? round : held;
    }

    private static WattsStrogatz? Wiring(Hyperparameters stated, int columns)
    {
        var (neighbours, rewiring) = (stated.Neighbours, stated.RewiringProbability);
        if (neighbours is null && rewiring is null) return null;
        var published = new WattsStrogatz();
        // It draws the graph of a new training alone, so that what cannot be is left at the default.
        int k = neighbours is >= 0 && neighbours < columns && neighbours % 2 == 0 ? (int)neighbours : published.Among(columns).Neighbours;
        return new WattsStrogatz { Neighbours = k, RewiringProbability = rewiring is >= 0 and <= 1 ? rewiring.Value : published.RewiringProbability };
    }

    private static TrainingRecord Record(PublishedState state, Hyperparameters stated, PublishedHistory history)
    {
        TrainingRecipe recipe = SpikingNetworkOptions.Reference.Recipe;
        return TrainingRecord.None with
        {
            History = history.Epochs,
            Batches = state.Batches,
            ValidationAccuracy = history.TestAccuracy,
            SpikeRate = history.SpikeRate,
            Recipe = recipe with
            {
                Epochs = Whole(stated.Epochs) ?? (history.Epochs.Count > 0 ? history.Epochs.Count : recipe.Epochs),
                BatchSize = Whole(stated.BatchSize) ?? recipe.BatchSize,
                Optimiser = stated.LearningRate is > 1e-12 and < 10 and var rate ? recipe.Optimiser with { LearningRate = rate } : recipe.Optimiser,
            },
        };
    }

    private static int? Whole(double? number) => number is >= 1 and <= TrainingRecipe.MostBatches && number % 1 == 0 ? (int)number : null;

    private static void Agree(string what, double? stated, int held)
    {
        if (stated is { } number && number != held)
            throw new InvalidDataException($"its hyperparams say {number} {what}, but its tensors are of {held}.");
    }
}
