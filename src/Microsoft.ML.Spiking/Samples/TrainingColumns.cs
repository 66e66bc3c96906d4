using System.Collections.Immutable;
using Microsoft.ML.Spiking.Hosting;
using Microsoft.ML.Spiking.Scoring;

namespace Microsoft.ML.Spiking.Samples;

/// <summary>The columns that are trained on.</summary>
/// <param name="Features">The input column.</param>
/// <param name="Label">The label column.</param>
/// <param name="Input">What the input column holds.</param>
/// <param name="Classes">Classes that the label's type knows, whether or not they occur.</param>
/// <param name="Target">How the label column is read.</param>
/// <param name="Weight">The column with how much each row counts; null where all count alike.</param>
internal sealed record TrainingColumns(
    DataViewSchema.Column Features, DataViewSchema.Column Label, InputShape Input, int Classes, ClassLabel Target, DataViewSchema.Column? Weight)
{
    /// <summary>What the features are called, [feature]; empty where they have no names.</summary>
    public ImmutableArray<string> FeatureNames { get; } = SlotNames.Of(Features);

    /// <summary>How long a time step of the input column is; null where it does not say.</summary>
    public TimeSpan? BinWidth { get; } = StepWidth.Of(Features);

    /// <summary>Where the features stand; null where they stand as in training.</summary>
    public FeatureOrder? Order { get; init; }

    /// <summary>The class, from 0, of each key of the label, from key 1; null where they count alike.</summary>
    public int[]? Places { get; init; }

    /// <summary>Goes through a view that they are columns of.</summary>
    public DataViewRowCursor Cursor(IDataView view) => view.GetRowCursor(Weight is { } weight ? [Features, Label, weight] : [Features, Label]);

    /// <summary>The class, from 0, that one of these is in training.</summary>
    public int ClassOf(int read) => Places?[read] ?? read;

    /// <summary>The columns as a training understands them that is validated on these.</summary>
    /// <exception cref="ArgumentException">They have a feature or a class that it does not know, or time steps of another length.</exception>
    public TrainingColumns SeenBy(TrainingColumns training)
    {
        StepWidth.Check(training.BinWidth, Features);
        return this with { Order = FeatureOrder.Of(training.FeatureNames, Features), Places = ClassOrder.Of(training.Label, Label) };
    }
}
