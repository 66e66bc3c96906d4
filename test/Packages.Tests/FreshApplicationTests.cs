using Microsoft.ML.Spiking.Tests;

namespace Microsoft.ML.Spiking.Packages.Tests;

/// <summary>An application that has of ours the main package alone: it trains, serves and is published for any system.</summary>
[TestClass]
public class FreshApplicationTests
{
    private static readonly (string, string) s_package = ("Microsoft.ML.Spiking", PackedLibraries.Version);

    [TestMethod]
    public void One_trains_and_another_predicts_the_same()
    {
        using FreshApplication trains = new("Train.cs", PackedLibraries.Own, s_package), predicts = new("Predict.cs", PackedLibraries.Own, s_package);
        string model = Path.Combine(trains.Folder, "model.zip");

        DotnetRun building = trains.Build();
        string trained = trains.Run(model).Output;
        predicts.Build();
        string predicted = predicts.Run(model).Output;

        string[][] rows = [.. trained.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' '))];
        Assert.HasCount(24, rows);
        Assert.AreEqual(24, rows.Count(row => row[0] == row[1]), trained);
        Assert.AreEqual(trained, predicted);
        Assert.IsFalse(building.All.Contains("SPK", StringComparison.Ordinal), "It needs no libtorch, and nobody warns of it.");
        CollectionAssert.Contains(trains.Output, "Microsoft.ML.Spiking.dll");
        CollectionAssert.AreEqual(Array.Empty<string>(), trains.Output.Where(file => file.Contains("torch", StringComparison.OrdinalIgnoreCase) || file.StartsWith("OpenInternals", StringComparison.Ordinal)).ToArray());
    }

    [TestMethod]
    [RequiresMnist]
    public void A_program_of_one_file_runs_with_the_first_lines_that_its_comment_has()
    {
        using var application = new FreshApplication("Train.cs", PackedLibraries.Own, s_package);
        string[] lines = File.ReadAllLines(Path.Combine(PackedLibraries.Repository, "samples", "Apps", "QuickStart.cs"));
        string app = Path.Combine(Directory.CreateDirectory(Path.Combine(application.Folder, "one")).FullName, "QuickStart.cs");
        // Of this run alone, as any version might be one of the user's own.
        File.WriteAllLines(app, lines.Where(line => !line.StartsWith("#:", StringComparison.Ordinal))
            .Select(line => line.StartsWith("//   #:", StringComparison.Ordinal) ? line[5..].Replace("*-*", PackedLibraries.Version, StringComparison.Ordinal) : line));

        string said = DotnetRun.Start(Path.GetDirectoryName(app)!, "run", app, "--", RequiresMnistAttribute.Folder!, "60").Succeeded().Output;

        StringAssert.Contains(said, "model.zip: a 7, ", StringComparison.Ordinal);
    }

    [TestMethod]
    [DataRow("win-x64")]
    [DataRow("osx-arm64")]
    [DataRow("linux-arm64")]
    public void It_is_published_for_other_systems_with_no_native_library_of_training(string system)
    {
        using var application = new FreshApplication("Train.cs", PackedLibraries.Own, s_package);

        DotnetRun.Start(application.Folder, "publish", "-c", "Release", "-r", system, "-o", "published").Succeeded();

        Assert.IsTrue(File.Exists(Path.Combine(application.Folder, "published", "Microsoft.ML.Spiking.dll")));
        // ML.NET has native libraries of its own, for trainers that are not ours.
        Assert.IsEmpty(application.NativeFiles("published").Where(file => !file.Contains("Native", StringComparison.Ordinal)));
    }

    [TestMethod]
    [RequiresMnist]
    public void It_reads_98_of_100_digits_and_the_same_bytes_come_of_any_threads_and_vectors()
    {
        using var application = new FreshApplication("Digits.cs", PackedLibraries.Own, s_package);
        application.Build();
        string[] Train(int batches, params (string Name, string Value)[] environment)
            => application.Run(environment.ToDictionary(pair => pair.Name, pair => pair.Value), [RequiresMnistAttribute.Folder!, $"{batches}"]).Output.Split();

        Assert.IsGreaterThan(0.98, double.Parse(Train(1876)[0], System.Globalization.CultureInfo.InvariantCulture));

        string weights = Train(60)[1];
        Assert.AreEqual(weights, Train(60, ("GOMP_SPINCOUNT", "1000000000"))[1]);
        Assert.AreEqual(weights, Train(60, ("DOTNET_PROCESSOR_COUNT", "1"))[1]);
        Assert.AreEqual(weights, Train(60, ("DOTNET_EnableAVX512", "0"))[1]);
        Assert.AreEqual(Train(5)[1], Train(5, ("DOTNET_EnableAVX2", "0"))[1]);
    }
}
