using Microsoft.ML.Spiking.Architecture;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>What a model.zip is.</summary>
/// <param name="Path">Where it was read.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Format">The spiking network's format.</param>
/// <param name="MLNet">The version of ML.NET that saved it.</param>
/// <param name="Pipeline">The types of the pipeline's steps, in order.</param>
/// <param name="Input">The columns that the pipeline was saved for.</param>
/// <param name="Output">The columns that the network adds.</param>
/// <param name="Classes">The classes, in the order of their keys.</param>
/// <param name="Layers">The network's parts, from the input on.</param>
/// <param name="Parameters">Numbers in all of them that are stored.</param>
/// <param name="TimeSteps">Steps that a row is shown for.</param>
/// <param name="StepMilliseconds">How long a step of its recordings is; null where the data did not say.</param>
/// <param name="Code">How intensities become spikes in training.</param>
/// <param name="Evaluation">What the columns see when predicting.</param>
/// <param name="Learning">How the columns' weights learnt.</param>
/// <param name="Training">How it came to be.</param>
/// <param name="Provenance">When, where and with what.</param>
/// <param name="Entries">What is in the zip.</param>
internal sealed record ModelDescription(
    string Path, long Bytes, string? Format, string? MLNet, IReadOnlyList<string> Pipeline, IReadOnlyList<ColumnDescription> Input,
    IReadOnlyList<ColumnDescription> Output,
    IReadOnlyList<string> Classes, IReadOnlyList<LayerDescription> Layers, long Parameters, int TimeSteps, double? StepMilliseconds, string Code,
    string Evaluation, string Learning, TrainingDescription Training, TrainingProvenance Provenance, IReadOnlyList<ArchiveEntry> Entries)
{
    public static ModelDescription Of(LoadedModel model)
    {
        SpikingModel network = model.Network.Model;
        ColumnNames names = network.Names;
        ModelArchive archive = ModelArchive.Read(model.Path);
        IReadOnlyList<LayerDescription> layers = LayerDescription.Of(network);
        return new ModelDescription(
            model.Path, new FileInfo(model.Path).Length, archive.Format, archive.MLNet,
            [.. model.Steps.Select(step => step.GetType().Name)],
            [.. model.InputSchema?.Select(column => new ColumnDescription(column.Name, column.Type.ToString()!)) ?? []],
            [
                new(names.PredictedLabel, $"Key<UInt32, 0-{network.Classes - 1}>"), new(names.Score, $"Vector<Single, {network.Classes}>"),
                new(names.SpikeRate, $"Vector<Single, {network.Network.AllColumns}>"),
                .. names.Cost is { } cost ? [new ColumnDescription(cost, "Vector<Double, 4>")] : (ColumnDescription[])[],
            ],
            model.Classes, layers, layers.Sum(layer => layer.Parameters), network.Steps, network.BinWidth?.TotalMilliseconds,
            network.Network.ChosenCode.GetType().Name, network.Network.EvaluationCode.GetType().Name,
            string.Join(", then ", network.Network.Layers.Select(layer => layer.Learning.GetType().Name).Distinct()),
            TrainingDescription.Of(network.Training), network.Provenance, archive.Entries);
    }
}

/// <summary>A column and its type, as ML.NET writes it.</summary>
internal sealed record ColumnDescription(string Name, string Type);
