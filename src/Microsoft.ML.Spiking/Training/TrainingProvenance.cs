using System.Reflection;
using System.Runtime.InteropServices;

namespace Microsoft.ML.Spiking;

/// <summary>When, where and with what a model was trained; stored in model.zip in an entry of its own, since two equal runs differ in it.</summary>
/// <param name="Finished">When training ended, in UTC.</param>
/// <param name="Duration">Time of training, evaluation excluded.</param>
/// <param name="Device">The device, as in "CPU" or "CUDA 0".</param>
/// <param name="Library">Version of Microsoft.ML.Spiking.</param>
/// <param name="Runtime">The .NET runtime.</param>
/// <param name="Torch">Version of TorchSharp; null where the network was trained in managed code.</param>
public sealed record TrainingProvenance(DateTimeOffset Finished, TimeSpan Duration, string Device, string Library, string Runtime, string? Torch)
{
    /// <summary>Of what has just ended.</summary>
    internal static TrainingProvenance Of(TimeSpan duration, string device, string? torch)
        => new(DateTimeOffset.UtcNow, duration, device, VersionOf(typeof(TrainingProvenance)), RuntimeInformation.FrameworkDescription, torch);

    /// <summary>The version of the assembly that a type is in.</summary>
    internal static string VersionOf(Type type)
        => type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? type.Assembly.GetName().Version!.ToString();

    /// <summary>Of a model whose training is not at its end.</summary>
    internal static TrainingProvenance None { get; } = new(default, default, "", "", "", null);
}
