using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Microsoft.ML.Spiking.Tests;

/// <summary>spiking train --mpi, started by a real mpirun.</summary>
[TestClass]
public sealed partial class ToolTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private string Rows => Path.Combine(_folder, "rows.csv");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void Two_processes_write_one_model_and_say_once_what_came_of_it()
    {
        Job.NeedsOpenMpi();
        var random = new Random(1);
        File.WriteAllLines(Rows, Enumerable.Range(0, 90).Select(row => string.Join(',', Enumerable.Range(0, 4).Select(i => (random.NextSingle() + (i == row % 3 ? 1 : 0)).ToString(CultureInfo.InvariantCulture))) + $",{"xyz"[row % 3]}").Prepend("a,b,c,d,Label"));
        string one = Path.Combine(_folder, "one.zip"), two = Path.Combine(_folder, "two.zip");

        // The seed of two is the first's own, which it says.
        Job together = Train(2, two);
        Assert.AreEqual(0, together.ExitCode, together.Errors);
        string seed = Seed().Match(together.Output).Groups[1].Value;
        Assert.HasCount(1, Seed().Matches(together.Output));
        Assert.HasCount(1, Regex.Matches(together.Errors, "epoch 1/2"));
        Job alone = Train(1, one, "--seed", seed);
        Assert.AreEqual(0, alone.ExitCode, alone.Errors);

        Assert.AreEqual(Digest(one), Digest(two));
        CollectionAssert.AreEquivalent((string[])["rows.csv", "one.zip", "one.run.json", "two.zip", "two.run.json"], Directory.EnumerateFiles(_folder).Select(Path.GetFileName).ToArray());
    }

    private Job Train(int ranks, string model, params string[] more)
        => Job.Run([.. Job.Mpirun(ranks), Job.Host, Job.Tool, "train", "--data", Rows, "--output", model, "--epochs", "2", "--mpi", .. more]);

    /// <summary>What was learnt and how, without when and where: two equal runs differ in that.</summary>
    private static string Digest(string model)
    {
        using ZipArchive zip = ZipFile.OpenRead(model);
        return string.Join(' ', zip.Entries.Where(entry => entry.Name != "Provenance.json" && Path.GetExtension(entry.Name) is (".json" or ".safetensors")).Select(entry =>
        {
            using Stream stream = entry.Open();
            return $"{entry.FullName} {Convert.ToHexString(SHA256.HashData(stream))}";
        }));
    }

    [GeneratedRegex("seed +([0-9]+)")]
    private static partial Regex Seed();
}
