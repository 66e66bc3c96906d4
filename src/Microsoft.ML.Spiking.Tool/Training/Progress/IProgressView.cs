using System.Threading.Channels;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>Shows a training to a person, until there is no more to show.</summary>
internal interface IProgressView
{
    Task ShowAsync(ChannelReader<TrainingProgress> reader);
}
