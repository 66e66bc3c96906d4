using System.Reflection;
using System.Runtime.Loader;

namespace Microsoft.ML.Spiking.Tests.Html;

/// <summary>ML.NET reads pixels with SkiaSharp 2.88, and a plotting library that brings a newer one breaks it: ours brings none.</summary>
[TestClass]
public sealed class PixelsBesideReportsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pixels");

    public void Dispose() => _folder.Delete(recursive: true);

    [TestMethod]
    [DataRow("pixels, report")]
    [DataRow("report, pixels")]
    public void A_process_reads_pixels_and_writes_reports_whichever_comes_first(string order)
    {
        string model = Path.Combine(_folder.FullName, "model.zip"), report = Path.Combine(_folder.FullName, "report.html");
        Reported.Ml.Model.Save(Reported.Strokes, Reported.Unseen.Schema, model);

        // Assemblies are loaded anew, so that the order is the one in which they come to be.
        var context = new FreshAssemblies();
        MethodInfo run = context.LoadFromAssemblyPath(typeof(PixelsAndReport).Assembly.Location).GetType(typeof(PixelsAndReport).FullName!)!.GetMethod(nameof(PixelsAndReport.Run))!;
        float[] red = (float[])run.Invoke(null, [order.Split(", "), model, report, _folder.FullName])!;

        CollectionAssert.AreEqual(new[] { 1f, 0, 0, 1 }, red);
        Assert.IsGreaterThan(3_600_000, new FileInfo(report).Length);
        Assert.Contains("SkiaSharp", context.Assemblies.Select(assembly => assembly.GetName().Name));
    }

    [TestMethod]
    public void The_library_needs_no_drawing_library_and_none_of_FSharp()
    {
        string[] needed = [.. typeof(SpikingReport).Assembly.GetReferencedAssemblies().Select(name => name.Name!).Where(name => !name.StartsWith("System.", StringComparison.Ordinal)).Order()];

        CollectionAssert.IsSubsetOf(needed, new[] { "Microsoft.ML.Core", "Microsoft.ML.Data", "Microsoft.ML.DataView", "Microsoft.ML.Spiking", "netstandard" });
    }

    /// <summary>Everything but .NET itself, from beside the tests.</summary>
    private sealed class FreshAssemblies() : AssemblyLoadContext("fresh")
    {
        private readonly AssemblyDependencyResolver _beside = new(typeof(PixelsAndReport).Assembly.Location);

        protected override Assembly? Load(AssemblyName name) => _beside.ResolveAssemblyToPath(name) is { } path ? LoadFromAssemblyPath(path) : null;

        protected override nint LoadUnmanagedDll(string name) => _beside.ResolveUnmanagedDllToPath(name) is { } path ? LoadUnmanagedDllFromPath(path) : 0;
    }
}
