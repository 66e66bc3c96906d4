using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>The layer that a picture is asked for.</summary>
internal static class LayerChoice
{
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public static TrainedLayer Of(SpikingModel model, int layer)
    {
        ArgumentNullException.ThrowIfNull(model);
        Check(layer, model.Layers.Length);
        return model.Layers[layer];
    }

    /// <summary>A layer whose columns are connected.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    /// <exception cref="ArgumentException">It has no columns.</exception>
    public static TrainedLayer Wired(SpikingModel model, int layer) => Of(model, layer) is { Layer.Nodes: > 0 } wired
        ? wired
        : throw Trouble.Picture.Argument($"Layer {layer} is a {model.Layers[layer].Layer.GetType().Name}, which has no columns that are connected; choose a "
            + $"{nameof(ColumnLayer)}.", nameof(layer));

    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public static LayerRecording Of(SpikeRecording recording, int layer)
    {
        ArgumentNullException.ThrowIfNull(recording);
        Check(layer, recording.Layers.Length);
        return recording.Layers[layer];
    }

    private static void Check(int layer, int layers)
    {
        if (layer < 0 || layer >= layers)
            throw Trouble.Picture.OutOfRange(nameof(layer), $"There is no layer {layer}: the network has {layers}, counted from 0.");
    }
}
