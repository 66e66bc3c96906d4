using System.Globalization;
using System.Reflection;
using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Fuzz.Targets;

namespace Microsoft.ML.Spiking.Tests.Model;

/// <summary>
/// Models that earlier versions saved load, and score to the bit as they did: Model/Fixtures has, for each format, some of every kind, and what they made of
/// <see cref="SmallModels.Rows"/>. A fixture is never changed; SPIKING_WRITE_FIXTURES=1 writes those of a format that has none.
/// </summary>
[TestClass]
public class FixtureTests
{
    private static string Format => string.Create(CultureInfo.InvariantCulture, $"{MLNet.Format >> 16}.{MLNet.Format & 0xFFFF}");

    private static IEnumerable<object[]> Files => Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Model", "Fixtures"), "*.zip", SearchOption.AllDirectories)
        .Order().Select(path => (object[])[Path.GetRelativePath(AppContext.BaseDirectory, path)]);

    [TestMethod]
    [DynamicData(nameof(Files))]
    public void It_loads_and_scores_as_it_did(string file)
    {
        string path = Path.Combine(AppContext.BaseDirectory, file);
        var ml = new MLContext();

        ITransformer model = ml.Model.LoadChecked(path, out DataViewSchema? schema, ModelComponents.Spiking);

        Assert.IsNotNull(schema);
        Assert.AreEqual(File.ReadAllText(Path.ChangeExtension(path, ".txt")), Made(ml, model));
    }

    [TestMethod]
    public void The_format_that_is_written_has_fixtures_of_every_kind()
    {
        if (Environment.GetEnvironmentVariable("SPIKING_WRITE_FIXTURES") is { Length: > 0 }) Write();
        CollectionAssert.AreEquivalent(SmallModels.All.Select(model => Path.Combine("Model", "Fixtures", Format, $"{model.Name}.zip")).ToArray(),
            Files.Select(file => (string)file[0]).Where(file => file.Contains(Format, StringComparison.Ordinal)).ToArray());
    }

    /// <summary>What a model makes of the rows, in text that has every bit.</summary>
    private static string Made(MLContext ml, ITransformer model)
    {
        IDataView made = model.Transform(SmallModels.Rows(ml));
        string column = made.Schema.GetColumnOrNull("Probability") is not null ? "SpikeRate"
            : made.Schema.GetColumnOrNull("Rates") is not null ? "Rates" : made.Schema.GetColumnOrNull("Score") is not null ? "Score" : "Spikes";
        IEnumerable<string> rows = Views.Vectors(made, column).Select(row => string.Join(' ', row.Select(value => value.ToString("R", CultureInfo.InvariantCulture))));
        if (column == "SpikeRate") rows = rows.Zip(made.GetColumn<float>("Score"), (rates, score) => $"{rates} {score.ToString("R", CultureInfo.InvariantCulture)}");
        return string.Concat(rows.Select(row => row + "\n"));
    }

    private static void Write()
    {
        string repository = typeof(FixtureTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Repository").Value!;
        string folder = Path.Combine(repository, "test", "Microsoft.ML.Spiking.Tests", "Model", "Fixtures", Format);
        Directory.CreateDirectory(folder);
        // What was once written stays what it was.
        foreach (var (name, file) in SmallModels.All.Where(model => !File.Exists(Path.Combine(folder, $"{model.Name}.zip"))))
        {
            File.WriteAllBytes(Path.Combine(folder, $"{name}.zip"), file);
            var ml = new MLContext();
            File.WriteAllText(Path.Combine(folder, $"{name}.txt"), Made(ml, ml.Model.Load(new MemoryStream(file), out _)));
        }
    }
}
