using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Hosting;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>A model and the rows that it is asked about.</summary>
internal static class Scoring
{
    /// <summary>The rows with Score, PredictedLabel and SpikeRate.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="model">The model.</param>
    /// <param name="samples">The rows.</param>
    /// <param name="say">Told of the pipeline's steps that the data does without.</param>
    /// <exception cref="Failure">It cannot do without one, or the rows do not fit.</exception>
    public static IDataView Apply(MLContext ml, LoadedModel model, Samples samples, Action<string> say)
        => model.Network.Transform(Prepare(ml, model, samples, say));

    /// <summary>The rows as the network takes them: after the pipeline's steps before it.</summary>
    public static IDataView Prepare(MLContext ml, LoadedModel model, Samples samples, Action<string> say)
    {
        string features = model.Network.FeatureColumnName;
        IDataView view = samples.View;
        if (view.Schema.GetColumnOrNull(features) is null) view = ml.Transforms.CopyColumns(features, Samples.Features).Fit(view).Transform(view);

        // A step that makes features or labels of other columns has nothing to do where the data brings them; of other numbers the network would know nothing.
        foreach (ITransformer step in samples.IsPrepared ? [] : model.Before)
        {
            string name = step.GetType().Name;
            if (LoadedModel.SchemaAfter(step, view.Schema) is not null) view = step.Transform(view);
            else if (LoadedModel.IsForm(step)) say($"The model's step {name} has no column to work on and is left out.");
            else
                throw Failure.Input($"The model's step {name} works on a column that the tool does not make of {samples.Source}, and without it the network "
                    + "would read other numbers than those that it was trained on.",
                    $"score the rows in a program, where every step is run; or train with the step behind Concatenate, on '{features}'.");
        }
        RequireFit(model, view.Schema[features].Type, samples);
        return view;
    }

    /// <summary>Rows with the features that the model's steps make of them.</summary>
    public static IDataView Through(MLContext ml, IDataView view, LoadedModel model)
    {
        // A selection makes nothing, and would leave out what the pipeline knows nothing of.
        foreach (ITransformer step in model.Before.Where(step => step is not ColumnSelectingTransformer)) view = Run(step, view);
        return model.Network.FeatureColumnName is not Samples.Features and var made
            ? ml.Transforms.CopyColumns(Samples.Features, made).Fit(view).Transform(view)
            : view;
    }

    /// <summary>The rows with their labels as keys of the model's classes; data may number them in another way.</summary>
    public static Samples WithModelsLabels(MLContext ml, LoadedModel model, Samples samples) => WithLabels(ml, samples, model.Classes, "The model knows");

    /// <summary>The rows with their labels as keys of these classes.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="samples">The rows.</param>
    /// <param name="classes">The classes, in the order of their keys.</param>
    /// <param name="knower">Whose they are: the start of the sentence that refuses another.</param>
    public static Samples WithLabels(MLContext ml, Samples samples, IReadOnlyList<string> classes, string knower)
    {
        DataViewSchema.Column label = samples.View.Schema[Samples.Label];
        if (LabelValues.Of(label)?.Texts is not { } values) return samples;
        IDataView text = ml.Transforms.Conversion.MapKeyToValue(Samples.Label).Fit(samples.View).Transform(samples.View);
        var meant = values.Select(name => KeyValuePair.Create(name, KnownClass.Of(name, classes) ?? name)).ToArray();
        if (meant.Any(pair => pair.Key != pair.Value))
            text = ml.Transforms.Conversion.MapValue(Samples.Label, meant, Samples.Label).Fit(text).Transform(text);
        string[] unknown = [.. meant.Select(pair => pair.Value).Except(classes, StringComparer.Ordinal)];
        if (unknown.Length > 0)
        {
            // A key may have values that no row has.
            int rows = text.GetColumn<string>(Samples.Label).Count(name => Array.IndexOf(unknown, name) >= 0);
            if (rows > 0)
                throw Failure.Input($"{knower} no class '{unknown[0]}', which {(rows == 1 ? "1 row belongs" : $"{rows} rows belong")} "
                    + $"to{(unknown.Length > 1 ? $", with {unknown.Length - 1} more unknown classes" : "")}.",
                    $"its classes are {string.Join(", ", classes.Take(20))}{(classes.Count > 20 ? ", ..." : "")}; give data with these labels, or choose the "
                        + "column with --label.");
        }
        return samples with { View = LabelColumn.ToKey(ml, text, classes) };
    }

    private static IDataView Run(ITransformer step, IDataView view)
    {
        try
        {
            return step.Transform(view);
        }
        catch (Exception refusal) when (refusal is ArgumentException or InvalidOperationException)
        {
            throw Failure.Input($"The model's step {step.GetType().Name} does not run on the table: {Failure.Said(refusal)}",
                "score the rows in a program.", refusal);
        }
    }

    private static void RequireFit(LoadedModel model, DataViewType type, Samples samples)
    {
        InputShape input = model.Network.Model.Input;
        string needed = $"{(input.IsSpikeTrain ? "spike trains" : "rows")} of {input.Features} ({string.Join(" x ", input.Dimensions)})";
        if (type is not VectorDataViewType { IsKnownSize: true } vector)
            throw Failure.Input($"The data's features are {type}, but the model takes {needed}.", "give data as the model was trained on.");
        if (vector.Size != input.Features || (vector.ItemType == BooleanDataViewType.Instance) != input.IsSpikeTrain)
            throw Failure.Input($"The data ({samples.Source}) has {vector.Size} features a row ({string.Join(" x ", vector.Dimensions)} of "
                + $"{vector.ItemType}), but the model takes {needed}.",
                    "give data as the model was trained on ('spiking info' says what that was); --ignore leaves a column of a text file out.");
    }
}
