using System.Reflection;
using System.Runtime.InteropServices;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>The application that serves a model without libtorch, test/Microsoft.ML.Spiking.Consumer, as one would deliver it.</summary>
internal static class ConsumerApplication
{
    /// <summary>Publishes it for this machine, on the installed runtime; its program's path.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="name">Name of the folder in it.</param>
    /// <param name="ahead">PublishReadyToRun, "true" or "false".</param>
    public static string Publish(DirectoryInfo folder, string name, string ahead)
    {
        string project = typeof(ConsumerApplication).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "ConsumerProject").Value!;
        string target = Path.Combine(folder.FullName, name);
        FreshProcess.Run(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            ["publish", project, "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "--self-contained", "false", $"-p:PublishReadyToRun={ahead}", "-o", target]);
        return Path.Combine(target, Path.GetFileNameWithoutExtension(project) + (OperatingSystem.IsWindows() ? ".exe" : ""));
    }
}
