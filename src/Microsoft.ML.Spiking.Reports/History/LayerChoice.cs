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
