using System.Threading.Channels;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>Nothing: nobody wants to look.</summary>
internal sealed class NoView : IProgressView
{
    public async Task ShowAsync(ChannelReader<TrainingProgress> reader)
    {
        await foreach (TrainingProgress _ in reader.ReadAllAsync()) { }
    }
}
