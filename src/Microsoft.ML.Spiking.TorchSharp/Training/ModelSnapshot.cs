using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Engines;
using Microsoft.ML.Spiking.Model;
using Microsoft.ML.Spiking.Plasticity;
using Microsoft.ML.Spiking.Samples;
using Microsoft.ML.Spiking.Scoring;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Training;

/// <summary>Takes a model out of a network in training.</summary>
internal sealed class ModelSnapshot(ColumnNames names, TrainingColumns columns, SampleEncoder encoder)
{
    // Enough rows for the columns' mean rates, and no more of the time than training is worth.
    private const int AverageRateRows = 2000;

    /// <param name="state">What was learnt.</param>
    /// <param name="training">The rows, on the first of which the evaluation code's spike rates are measured.</param>
    public SpikingModel Take(TrainingState state, TrainingSamples training)
    {
        using var scope = NewDisposeScope();
        NetworkTensors network = state.Network;
        SpikingNetwork learnt = state.Engine.Learnt(network.Network);
        var model = new SpikingModel
        {
            Network = learnt,
            Names = names,
            Input = columns.Input,
            Classes = columns.Classes,
            Standardisation = encoder.Standardisation,
            InputScale = network.InputScale is { } scale ? Array(scale) : [],
            Layers = [.. learnt.ColumnLayers.Select((layer, i) => Layer(layer, network.Layers[i], state.Engine.InputWeights(i)))],
            HiddenWeights = network.HiddenWeight is { } weight ? Array(weight) : [],
            HiddenBias = network.HiddenBias is { } bias ? Array(bias) : [],
            OutputWeights = Array(network.OutputWeight),
            OutputBias = Array(network.OutputBias),
            Training = TrainingRecord.None,
            Provenance = TrainingProvenance.None,
        };
        ColumnHealth health = new SpikingScorer(model).Health(training, Math.Min(AverageRateRows, training.Count));
        var layers = ImmutableArray.CreateBuilder<TrainedLayer>();
        int first = 0;
        foreach (TrainedLayer layer in model.Layers)
        {
            int end = first + layer.Layer.Columns;
            layers.Add(layer with { AverageRate = [.. health.AverageRate[first..end]], SilentShare = [.. health.Silent[first..end]],
                SaturatedShare = [.. health.Saturated[first..end]] });
            first = end;
        }
        return model with { Layers = layers.ToImmutable() };
    }

    public static TrainingProvenance Provenance(TimeSpan duration, Device device) => TrainingProvenance.Of(
        duration, device.type == TorchSharp.DeviceType.CPU ? "CPU" : $"CUDA {device.index}", TrainingProvenance.VersionOf(typeof(TorchSharp.torch)));

    private static TrainedLayer Layer(ColumnLayer layer, LayerTensors tensors, float[] inputWeights) => new()
    {
        Layer = layer,
        InputWeights = ImmutableCollectionsMarshal.AsImmutableArray(inputWeights),
        InterWeights = Array(tensors.InterWeights),
        Topology = Graph.FromAdjacency(layer.Columns, Array(tensors.Topology).AsSpan()),
        ConnectionUsage = Array(tensors.Plasticity.Usage),
        AverageRate = [.. new float[layer.Columns]],
        TargetRate = Array(tensors.Plasticity.TargetRate)[0],
    };

    private static ImmutableArray<float> Array(Tensor tensor)
        => ImmutableCollectionsMarshal.AsImmutableArray(tensor.detach().cpu().contiguous().data<float>().ToArray());
}
