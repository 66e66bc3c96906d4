using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Engines;
using Microsoft.ML.Spiking.Model;
using Microsoft.ML.Spiking.Samples;
using Microsoft.ML.Spiking.Scoring;

namespace Microsoft.ML.Spiking.Fitting;

/// <summary>Takes a model out of a network in training.</summary>
internal sealed class ModelSnapshot(SpikingNetwork network, ColumnNames names, TrainingColumns columns, SampleEncoder encoder)
{
    /// <param name="training">What was learnt.</param>
    /// <param name="rows">The training rows, on the first of which the evaluation code's spike rates are measured.</param>
    public SpikingModel Take(NetworkTraining training, TrainingSamples rows)
    {
        LearntNetwork learnt = training.Learnt();
        var model = new SpikingModel
        {
            Network = network with { Layers = [.. learnt.Layers.Select(layer => layer.Layer)] },
            Names = names,
            Input = columns.Input,
            Classes = columns.Classes,
            Standardisation = encoder.Standardisation,
            InputScale = Immutable(learnt.InputScale),
            Layers = [.. learnt.Layers.Select(Layer)],
            HiddenWeights = Immutable(learnt.HiddenWeights),
            HiddenBias = Immutable(learnt.HiddenBias),
            OutputWeights = Immutable(learnt.OutputWeights),
            OutputBias = Immutable(learnt.OutputBias),
            AttentionWeights = Immutable(learnt.AttentionWeights),
            Training = TrainingRecord.None,
            Provenance = TrainingProvenance.None,
        };
        // Enough rows for the columns' mean rates, and no more of the time than training is worth.
        ColumnHealth health = new SpikingScorer(model).Health(rows, Math.Min(StreamedRows.FirstRows(columns.Input), rows.Count));
        var layers = ImmutableArray.CreateBuilder<TrainedLayer>();
        int first = 0;
        foreach (TrainedLayer layer in model.Layers)
        {
            int end = first + layer.Layer.Groups;
            layers.Add(layer with { AverageRate = [.. health.AverageRate[first..end]], SilentShare = [.. health.Silent[first..end]],
                SaturatedShare = [.. health.Saturated[first..end]] });
            first = end;
        }
        return model with { Layers = layers.ToImmutable() };
    }

    private static TrainedLayer Layer(LearntLayer layer) => new()
    {
        Layer = layer.Layer,
        InputWeights = Immutable(layer.Input.Weights),
        Biases = Immutable(layer.Input.Bias),
        RecurrentWeights = Immutable(layer.RecurrentWeights),
        RecurrentTopology = layer.RecurrentTopology,
        InterWeights = Immutable(layer.InterWeights),
        Topology = Graph.FromAdjacency(layer.Layer.Nodes, layer.Topology),
        ConnectionUsage = Immutable(layer.Usage),
        AverageRate = [.. new float[layer.Layer.Groups]],
        TargetRate = layer.TargetRate,
    };

    private static ImmutableArray<float> Immutable(float[] values) => ImmutableCollectionsMarshal.AsImmutableArray(values);
}
