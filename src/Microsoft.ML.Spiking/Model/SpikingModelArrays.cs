using System.Collections.Immutable;

namespace Microsoft.ML.Spiking;

/// <summary>The arrays of a <see cref="SpikingModel"/> under the names that they are stored by.</summary>
internal static class SpikingModelArrays
{
    /// <summary>Name and shape of each, in the order in which they are stored.</summary>
    public static (string Name, int[] Shape)[] Shapes(SpikingNetworkOptions options, int inputs, int classes, int scales)
    {
        int columns = options.Columns, neurons = options.NeuronsPerColumn, hidden = options.Readout.HiddenUnits;
        return
        [
            ("standardisation.offset", [scales]),
            ("standardisation.unit", [scales]),
            ("input_scale", [options.ChosenCode.InitialInputScale is null ? 0 : inputs]),
            ("columns.weight", [columns, neurons, inputs]),
            ("inter_columns.weight", [columns, columns]),
            ("inter_columns.topology", [columns, columns]),
            ("inter_columns.usage", [columns, columns]),
            ("columns.average_rate", [columns]),
            ("columns.silent_share", [columns]),
            ("columns.saturated_share", [columns]),
            ("readout.hidden.weight", [hidden, columns * neurons]),
            ("readout.hidden.bias", [hidden]),
            ("readout.output.weight", [classes, options.Readout.OutputInputs(columns * neurons)]),
            ("readout.output.bias", [classes]),
        ];
    }

    /// <summary>The arrays of a model, in that order.</summary>
    public static (string Name, int[] Shape, ReadOnlyMemory<float> Values)[] Of(SpikingModel model)
    {
        ReadOnlyMemory<float>[] arrays =
        [
            model.Standardisation.Offset.AsMemory(), model.Standardisation.Unit.AsMemory(),
            model.InputScale.AsMemory(), model.ColumnWeights.AsMemory(), model.InterWeights.AsMemory(), model.Topology.ToAdjacency(), model.ConnectionUsage.AsMemory(), model.AverageRate.AsMemory(),
            model.SilentShare.AsMemory(), model.SaturatedShare.AsMemory(),
            model.HiddenWeights.AsMemory(), model.HiddenBias.AsMemory(), model.OutputWeights.AsMemory(), model.OutputBias.AsMemory(),
        ];
        return [.. Shapes(model.Options, model.Input.Inputs, model.Classes, model.Standardisation.Offset.Length).Zip(arrays, (s, values) => (s.Name, s.Shape, values))];
    }

    /// <summary>The model of such arrays, without a history yet.</summary>
    public static SpikingModel Model(SpikingNetworkOptions options, InputShape input, ModelOutline outline, IReadOnlyDictionary<string, ImmutableArray<float>> arrays) => new()
    {
        Options = options,
        Input = input,
        FeatureNames = [.. outline.FeatureNames ?? []],
        Classes = outline.Classes,
        Standardisation = new Standardisation(arrays["standardisation.offset"], arrays["standardisation.unit"]),
        TargetRate = outline.TargetRate,
        Temperature = outline.Temperature,
        InputScale = arrays["input_scale"],
        ColumnWeights = arrays["columns.weight"],
        InterWeights = arrays["inter_columns.weight"],
        Topology = Graph.FromAdjacency(options.Columns, arrays["inter_columns.topology"].AsSpan()),
        ConnectionUsage = arrays["inter_columns.usage"],
        AverageRate = arrays["columns.average_rate"],
        SilentShare = arrays["columns.silent_share"],
        SaturatedShare = arrays["columns.saturated_share"],
        HiddenWeights = arrays["readout.hidden.weight"],
        HiddenBias = arrays["readout.hidden.bias"],
        OutputWeights = arrays["readout.output.weight"],
        OutputBias = arrays["readout.output.bias"],
        Training = TrainingRecord.None,
        Provenance = TrainingProvenance.None,
    };
}
