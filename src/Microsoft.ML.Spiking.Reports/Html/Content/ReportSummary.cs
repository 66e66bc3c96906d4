using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.ML.Spiking.Hosting;

namespace Microsoft.ML.Spiking;

/// <summary>What was measured on the data, and facts about network and training.</summary>
/// <param name="Accuracy">Right answers among the rows with a label; null without such rows.</param>
/// <param name="Labelled">Rows with a label.</param>
/// <param name="Right">Right answers.</param>
/// <param name="Unlabelled">Rows without a label.</param>
/// <param name="Unscored">Rows that could not be scored.</param>
/// <param name="Confidence">Mean confidence of the answers.</param>
/// <param name="Facts">Groups of facts, name and value.</param>
/// <param name="Options">Network and recipe, as JSON.</param>
internal sealed record ReportSummary(
    double? Accuracy, int Labelled, int Right, int Unlabelled, int Unscored, double Confidence,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Facts, string Options)
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,   // for reading; the report's own block escapes it again
    };

    public static ReportSummary Of(SpikingModel model, ScoredData scored) => new(
        scored.Accuracy,
        scored.Labelled,
        scored.Right,
        scored.Unlabelled,
        scored.Unscored,
        scored.Confidence / (scored.Labelled + scored.Unlabelled),
        new Dictionary<string, IReadOnlyDictionary<string, string>>
        {
            ["Network"] = Network(model),
            ["Plasticity"] = Plasticity(model.Network),
            ["Training"] = Training(model),
            ["Scores"] = Scores(model, scored),
            ["Made with"] = Provenance(model.Provenance),
        },
        JsonSerializer.Serialize(new { model.Network, model.Training.Recipe }, s_json));

    private static Dictionary<string, string> Network(SpikingModel model)
    {
        SpikingNetwork network = model.Network;
        long parameters = model.Layers.Sum(layer
                => layer.InputWeights.Length + layer.Biases.Length + (long)layer.RecurrentWeights.Length + layer.InterWeights.Length)
            + model.HiddenWeights.Length + model.HiddenBias.Length + model.OutputWeights.Length + model.OutputBias.Length
            + model.AttentionWeights.Length;
        string read = network.Layers.Length == 1 ? "" : network.Readout.Layers == ReadLayers.All ? ", of all layers" : ", of the last layer";
        return new()
        {
            [network.Layers.Length == 1 ? "Columns" : "Layers"] = network.Layers is [ColumnLayer only]
                ? Text($"{only.Columns} of {only.NeuronsPerColumn} neurons")
                : string.Join(", then ", network.Layers.Zip(network.ShapesOf(model.Input), (layer, shape) => layer.Said(shape))),
            ["Neurons"] = string.Join("; ", network.Layers.Select(layer => layer is ColumnLayer columns
                ? Text($"{columns.Neurons:N0}, {columns.ExcitatoryNeurons} of each {columns.NeuronsPerColumn} excitatory, {columns.Excitatory.GetType().Name}")
                : layer.NeuronTypes[0].GetType().Name).Distinct()),
            ["Input"] = Text($"{string.Join(" × ", model.Input.Dimensions)}{(model.Input.IsSpikeTrain ? ", spike trains [time, inputs]" : "")}"),
            ["Time steps"] = Text($"{model.Steps}{(model.BinWidth is { } width ? $", {StepWidth.Said(width)} each" : "")}"),
            ["Code"] = model.Input.IsSpikeTrain
                ? "the input's own spikes"
                : Text($"{network.ChosenCode.GetType().Name}, read by {network.EvaluationCode.GetType().Name}"),
            ["Readout"] = (network.Readout.HiddenUnits == 0
                ? Text($"linear, {model.Classes} classes")
                : Text($"{network.Readout.HiddenUnits} hidden units, {model.Classes} classes")) + read
                + network.Readout.Pooling switch
                {
                    WindowPooling.Maximum => Text($", the maximum of {network.Readout.Windows} windows"),
                    WindowPooling.Attention => Text($", attention over {network.Readout.Windows} windows"),
                    _ => network.Readout.Windows > 1 ? Text($", {network.Readout.Windows} windows side by side") : "",
                },
            ["Weights"] = Text($"{parameters:N0}"),
        };
    }

    private static Dictionary<string, string> Plasticity(SpikingNetwork network) => new()
    {
        ["Columns learn"] = string.Join("; ", network.Layers.Select(layer => layer.Learning switch
        {
            Surrogate surrogate => Text($"by surrogate gradient, {surrogate.Gradient.GetType().Name}"),
            _ => "not at all: a reservoir",
        }).Distinct()),
        ["Plasticity"] = Each(network, layer => layer.Plasticity?.GetType().Name ?? "off"),
        ["Homeostasis"] =
            Each(network, layer => layer.Homeostasis is { } rate ? Text($"towards {rate.MinimumRate} to {rate.MaximumRate} spikes a step") : "off"),
        ["Structure"] = Each(network, layer => layer.StructuralPlasticity is { } rule
            ? Text($"every {rule.Interval} batches, density {rule.MinimumDensity} to {rule.MaximumDensity}")
            : "off"),
        ["Wiring"] = Each(network, layer => Text($"small world, {layer.Wired.Neighbours} neighbours, {100 * layer.Wired.RewiringProbability:0.#} % rewired")),
        ["Recurrence"] = Each(network, layer => layer.Recurrence is { } rule
            ? Text($"neurons hear {(rule.OwnColumn ? "their own column and " : "")}those that it was joined with, gain {rule.Gain}") : "none between neurons"),
        ["Coupling"] = Each(network, layer => layer.Coupling == 0 ? "none: columns modulate each other" : Text($"{layer.Coupling}")),
    };

    /// <summary>What is said of each layer of columns; once, where it is the same of all.</summary>
    private static string Each(SpikingNetwork network, Func<ColumnLayer, string> say)
        => network.Layers.Any(layer => layer is ColumnLayer) ? string.Join("; ", network.Layers.OfType<ColumnLayer>().Select(say).Distinct()) : "no columns";

    private static Dictionary<string, string> Training(SpikingModel model) => new()
    {
        ["Rows"] = Text($"{model.Training.Rows:N0}"),
        ["Epochs"] = Text($"{model.Training.History.Count}, {model.Training.Batches:N0} batches of {model.Training.Recipe?.BatchSize}"),
        ["Time"] = Time(model.Provenance.Duration),
        ["Seed"] = Text($"{model.Training.Seed}"),
        ["Validation"] = model.Training.ValidationAccuracy is { } accuracy ? Text($"{100 * accuracy:0.00} % right") : "not measured",
        ["Spike rate"] = Text($"{model.Training.SpikeRate:0.0000} a step, last epoch"),
        ["Dead columns"] = Text($"{model.Layers.Sum(layer => layer.DeadColumns.Length)} of {model.Network.AllColumns}"),
        ["Saturated columns"] = Text($"{model.Layers.Sum(layer => layer.SaturatedColumns.Length)} of {model.Network.AllColumns}"),
    };

    private static Dictionary<string, string> Scores(SpikingModel model, ScoredData scored) => new()
    {
        ["Calibration error"] = scored.Labelled == 0
            ? "not measured"
            : Text($"{ReliabilityDiagram.Of(scored.Answers).ExpectedCalibrationError:0.0000}, 0 at best"),
        ["Temperature"] = model.Temperature == 1 ? "1, none fitted" : Text($"{model.Temperature:0.000}, fitted on validation rows"),
    };

    private static Dictionary<string, string> Provenance(TrainingProvenance provenance) => new()
    {
        ["Device"] = provenance.Device,
        ["Library"] = Short(provenance.Library),
        ["Runtime"] = provenance.Runtime,
        ["Engine"] = provenance.Torch is { } torch ? $"TorchSharp {torch}" : "managed code",
        ["Finished"] = provenance.Finished.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture),
    };

    /// <summary>A version, with no more of its commit than tells it apart.</summary>
    private static string Short(string version)
        => version.IndexOf('+', StringComparison.Ordinal) is >= 0 and var at && version.Length > at + 8 ? version[..(at + 8)] : version;

    private static string Time(TimeSpan time) => time.TotalMinutes < 2
        ? Text($"{time.TotalSeconds:0.0} s")
        : time.TotalHours < 2 ? Text($"{time.TotalMinutes:0.0} min")
        : Text($"{time.TotalHours:0.0} h");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
