using System.Reflection;

namespace Microsoft.ML.Spiking.Tests;

/// <summary>The checkout that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } =
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Repository").Value!;

    public static string PathOf(params string[] names) => Path.Combine([Root, .. names]);
}
