using System.Xml.Linq;

namespace Microsoft.ML.Spiking.Packages.Tests;

[TestClass]
public class FreshApplicationTests
{
    [TestMethod]
    public void One_application_trains_and_another_without_torch_predicts_the_same()
    {
        using var trains = new FreshApplication("Train.cs", PackedLibraries.Own, ("Microsoft.ML.Spiking.TorchSharp", PackedLibraries.Version), ("TorchSharp-cpu", TorchSharp));
        using var predicts = new FreshApplication("Predict.cs", PackedLibraries.Own, ("Microsoft.ML.Spiking", PackedLibraries.Version));
        string model = Path.Combine(trains.Folder, "model.zip");

        DotnetRun building = trains.Build();
        string trained = trains.Run(model).Output;
        DotnetRun buildingTheOther = predicts.Build();
        string predicted = predicts.Run(model).Output;

        string[][] rows = [.. trained.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' '))];
        Assert.HasCount(24, rows);
        Assert.AreEqual(24, rows.Count(row => row[0] == row[1]), trained);
        Assert.AreEqual(trained, predicted);
        Assert.IsFalse((building.All + buildingTheOther.All).Contains("SPK", StringComparison.Ordinal), "Neither lacks libtorch: the one has it, the other needs none.");
        CollectionAssert.Contains(predicts.Output, "Microsoft.ML.Spiking.dll");
        CollectionAssert.AreEqual(Array.Empty<string>(), predicts.Output.Where(file => file.Contains("torch", StringComparison.OrdinalIgnoreCase) || file.StartsWith("OpenInternals", StringComparison.Ordinal)).ToArray());
    }

    private static string TorchSharp => XDocument.Load(Path.Combine(PackedLibraries.Repository, "Directory.Packages.props")).Descendants("PackageVersion")
        .Single(version => version.Attribute("Include")!.Value == "TorchSharp-cpu").Attribute("Version")!.Value;
}
