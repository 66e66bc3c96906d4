using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>A model.zip: the spiking network in it, and the pipeline around it.</summary>
/// <param name="Path">Where it was read.</param>
/// <param name="Steps">The pipeline's transformers, in their order.</param>
/// <param name="Network">The spiking network, one of the steps.</param>
/// <param name="InputSchema">What the pipeline was saved for; null where the file does not say.</param>
internal sealed record LoadedModel(string Path, IReadOnlyList<ITransformer> Steps, SpikingNetworkTransformer Network, DataViewSchema? InputSchema)
{
    /// <summary>The network as the file has it; <see cref="Network"/> gives each of two classes a score where this one answers yes or no.</summary>
    public required SpikingNetworkTransformer Stored { get; init; }

    /// <summary>The classes' names, in the order of their keys; numbers from 0 where the label had no values.</summary>
    public IReadOnlyList<string> Classes { get; } = Network.ClassNames;

    /// <summary>The size of image that the network takes; null where its input is no grey image.</summary>
    public ImageSize? ImageSize => Network.Model.Input switch
    {
        { Steps: not null } => null,
        { Dimensions: [var height, var width] } => new ImageSize(width, height),
        { Dimensions: [1, var height, var width] } => new ImageSize(width, height),
        { Dimensions: [var height, var width, 1] } => new ImageSize(width, height),
        { Dimensions: [var features] } when Math.Sqrt(features) is var side && side == Math.Floor(side) => new ImageSize((int)side, (int)side),
        _ => null,
    };

    /// <summary>What data must be for it.</summary>
    public InputNeeds Needs => new(ImageSize, Network.Model.Input.Features, Network.Model.FeatureNames)
    {
        SpikeTrain = Network.Model.Input is { IsSpikeTrain: true, Steps: { } steps, Inputs: var units } ? (steps, units) : null,
        BinWidth = Network.Model.BinWidth,
        Label = FeatureOrigin.LabelOf(this),
        Model = this,
        AreApart = FeatureOrigin.IsApart(this),
        Pipeline = FeatureOrigin.IsChanged(this) ? this : null,
    };

    /// <summary>The columns after a step; null where it has no column to work on.</summary>
    public static DataViewSchema? SchemaAfter(ITransformer step, DataViewSchema schema)
    {
        try
        {
            return step.GetOutputSchema(schema);
        }
        catch (Exception refusal) when (refusal is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The steps before the network.</summary>
    public IEnumerable<ITransformer> Before => Steps.TakeWhile(step => !ReferenceEquals(step, Network));

    /// <summary>Whether a step brings columns into another form, or makes a label, and no other numbers.</summary>
    public static bool IsForm(ITransformer step) => step is ColumnConcatenatingTransformer or ColumnCopyingTransformer or ColumnSelectingTransformer
        or TypeConvertingTransformer or MissingValueReplacingTransformer or ValueToKeyMappingTransformer or KeyToValueMappingTransformer
        or ValueMappingTransformer;

    public static LoadedModel Open(MLContext ml, string path)
    {
        if (!File.Exists(path)) throw Failure.Input($"The model '{path}' does not exist.", "check the path, or make a model with 'spiking train'.");
        (ITransformer model, DataViewSchema? schema) = Load(ml, path);
        ITransformer[] steps = [.. SpikingNetworkTransformer.Steps(model)];
        int last = Array.FindLastIndex(steps, step => step is SpikingNetworkTransformer);
        if (last < 0)
            throw Failure.Input($"'{path}' holds no spiking network, but {string.Join(", ", steps.Select(step => step.GetType().Name))}.",
                "give a model that was trained with Trainers.SpikingNetwork or 'spiking train'.");
        var stored = (SpikingNetworkTransformer)steps[last];
        // One that answers yes or no is read as any other, with a score for each of the two; others before it are steps, as they were in training.
        SpikingNetworkTransformer network = stored.OfClasses();
        steps[last] = network;
        return new LoadedModel(path, steps, network, schema) { Stored = stored };
    }

    private static (ITransformer, DataViewSchema?) Load(MLContext ml, string path)
    {
        try
        {
            ITransformer model = ml.Model.LoadChecked(path, out DataViewSchema? schema, ModelComponents.MLNet);
            return (model, schema);
        }
        catch (InvalidDataException error)
        {
            throw LoadRefusal.Explain(error);
        }
    }
}
