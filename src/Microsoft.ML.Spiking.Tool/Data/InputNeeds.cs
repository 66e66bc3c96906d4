using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Hosting;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>What a model takes, as far as data can be brought to it.</summary>
/// <param name="Size">The size of its images; null where it takes none.</param>
/// <param name="Features">How many numbers a row has; null where there is no model.</param>
/// <param name="Names">The columns that those were in training, in their order; none where they had no names.</param>
internal sealed record InputNeeds(ImageSize? Size, int? Features, IReadOnlyList<string> Names)
{
    /// <summary>The steps and units of its spike trains; null where it takes none.</summary>
    public (int Steps, int Units)? SpikeTrain { get; init; }

    /// <summary>How long a time step of its recordings is; null where it does not say.</summary>
    public TimeSpan? BinWidth { get; init; }

    /// <summary>The column that its pipeline made the label of; null where it does not say.</summary>
    public string? Label { get; init; }

    /// <summary>Whether steps that the model does not have made other numbers of its features.</summary>
    public bool AreApart { get; init; }

    /// <summary>The model; null where there is none yet.</summary>
    public LoadedModel? Model { get; init; }

    /// <summary>The model, where its pipeline makes other numbers of a table's columns before the network reads them, or may; null where it does not.</summary>
    public LoadedModel? Pipeline { get; init; }

    /// <summary>There is no model yet.</summary>
    public static InputNeeds None { get; } = new(Size: null, Features: null, []);

    /// <summary>What other rows must be to go with these.</summary>
    public static InputNeeds Of(Samples samples)
    {
        DataViewSchema.Column features = samples.View.Schema[Samples.Features];
        var type = features.Type as VectorDataViewType;
        return new InputNeeds(Size: null, type?.Size, SlotNames.Of(features))
        {
            SpikeTrain = type is { ItemType: BooleanDataViewType, Dimensions: [var steps, var units] } ? (steps, units) : null,
            BinWidth = StepWidth.Of(features),
        };
    }
}
