namespace Microsoft.ML.Spiking;

/// <summary>Pictures of spiking networks, each in one line, as in <c>SpikePictures.Raster(recording).Save("raster.svg")</c>.</summary>
public static class SpikePictures
{
    /// <summary>Every spike of one sample over time, excitatory and inhibitory neurons apart, a panel for each column; the input below.</summary>
    /// <param name="recording">Of <see cref="SpikeRecorder"/>.</param>
    public static SvgPicture Raster(SpikeRecording recording)
    {
        ArgumentNullException.ThrowIfNull(recording);
        return RasterPicture.Draw(recording);
    }
}
