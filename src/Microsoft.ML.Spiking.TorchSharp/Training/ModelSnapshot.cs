using System.Collections.Immutable;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking;

/// <summary>Takes a model out of a network in training.</summary>
internal sealed class ModelSnapshot(SpikingNetworkOptions options, TrainingColumns columns, SampleEncoder encoder, float[] columnWeights)
{
    // Enough rows for the columns' mean rates, and no more of the time than training is worth.
    private const int AverageRateRows = 2000;

    /// <param name="network">What was learnt.</param>
    /// <param name="training">The rows, on the first of which the evaluation code's spike rates are measured.</param>
    public SpikingModel Take(SpikingNetwork network, TrainingSamples training)
    {
        using var scope = NewDisposeScope();
        var model = new SpikingModel
        {
            Options = options.OfModel(),
            Input = columns.Input,
            Classes = columns.Classes,
            Standardisation = encoder.Standardisation,
            InputScale = network.InputScale is { } scale ? Array(scale) : [],
            ColumnWeights = ImmutableCollectionsMarshal.AsImmutableArray(columnWeights),
            InterWeights = Array(network.InterWeights),
            Topology = Graph.FromAdjacency(options.Columns, Array(network.Topology).AsSpan()),
            ConnectionUsage = Array(network.Plasticity.Usage),
            AverageRate = [.. new float[options.Columns]],
            SilentShare = [.. new float[options.Columns]],
            SaturatedShare = [.. new float[options.Columns]],
            TargetRate = Array(network.Plasticity.TargetRate)[0],
            HiddenWeights = network.HiddenWeight is { } weight ? Array(weight) : [],
            HiddenBias = network.HiddenBias is { } bias ? Array(bias) : [],
            OutputWeights = Array(network.OutputWeight),
            OutputBias = Array(network.OutputBias),
            Training = TrainingRecord.None,
            Provenance = TrainingProvenance.None,
        };
        ColumnHealth health = new SpikingScorer(model).Health(training, Math.Min(AverageRateRows, training.Count));
        return model with { AverageRate = [.. health.AverageRate], SilentShare = [.. health.Silent], SaturatedShare = [.. health.Saturated] };
    }

    public static TrainingProvenance Provenance(TimeSpan duration, Device device) => TrainingProvenance.Of(
        duration, device.type == TorchSharp.DeviceType.CPU ? "CPU" : $"CUDA {device.index}", TrainingProvenance.VersionOf(typeof(TorchSharp.torch)));

    private static ImmutableArray<float> Array(Tensor tensor)
        => ImmutableCollectionsMarshal.AsImmutableArray(tensor.detach().cpu().contiguous().data<float>().ToArray());
}
