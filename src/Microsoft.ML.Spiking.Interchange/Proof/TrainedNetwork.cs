using System.Collections.Immutable;

namespace Microsoft.ML.Spiking.Proof;

/// <summary>A network of ours.</summary>
internal sealed class TrainedNetwork(SpikingModel model) : IShownNetwork
{
    private readonly SpikeRecorder _recorder = new(model);

    /// <summary>Shows a row and writes down what the network does.</summary>
    public static GoldenRow Row(SpikingModel model, SpikeRecorder recorder, ImmutableArray<float> input)
    {
        SpikeRecording recording = model.Input.IsSpikeTrain
            ? recorder.Record(input.Select(x => x != 0).ToArray())
            : recorder.Record(input.AsSpan());
        return new GoldenRow(
            input, recording.Steps, [.. recording.Layers.Select(layer => layer.SpikeCount)], recording.SpikeRate, Best(recording.Score), recording.Score);
    }

    public GoldenAnswer Show(GoldenRow row)
    {
        if (row.Input.Length != model.Input.Features)
            throw new InvalidDataException($"its golden rows have {row.Input.Length} features, but its network reads {model.Input.Features}.");
        GoldenRow found = Row(model, _recorder, row.Input);
        return new GoldenAnswer([.. found.Spikes.Select(layer => layer.ToArray())], [.. found.SpikeRate], found.Label, [.. found.Score]);
    }

    /// <summary>The first of the most probable classes; -1 of none.</summary>
    public static int Best(IReadOnlyList<float> scores)
    {
        int best = -1;
        for (int c = 0; c < scores.Count; c++)
            if (best < 0 || scores[c] > scores[best]) best = c;
        return best;
    }
}
