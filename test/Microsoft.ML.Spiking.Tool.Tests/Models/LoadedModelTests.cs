using System.IO.Compression;
using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Models;

[TestClass]
public class LoadedModelTests
{
    [TestMethod]
    public void The_network_is_found_in_a_chain_within_a_chain()
    {
        using var folder = new TemporaryFolder();
        var ml = new MLContext(seed: 1);
        IDataView rows = Toy.Rows(ml, 16);
        var pipeline = ml.Transforms.CopyColumns("Copy", "Label")
            .Append(ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options with { Batches = 2 })
                .Append(ml.Transforms.Conversion.MapKeyToValue("Name", "PredictedLabel")));
        ml.Model.Save(pipeline.Fit(rows), rows.Schema, folder["model.zip"]);

        LoadedModel model = LoadedModel.Open(ml, folder["model.zip"]);

        Assert.HasCount(3, model.Steps);
        Assert.AreSame(model.Steps[1], model.Network);
        CollectionAssert.AreEqual(Toy.Classes.ToArray(), model.Classes.ToArray());
        Assert.AreEqual(Toy.Size, model.ImageSize);
        Assert.AreEqual(ExitCode.Done, Answer.To("evaluate", "-m", folder["model.zip"], "-d", Toy.DrawFolder(folder["images"])).Code);
    }

    [TestMethod]
    public void A_pipeline_that_makes_key_and_features_of_a_text_file_is_evaluated_on_such_a_file()
    {
        using var folder = new TemporaryFolder();
        var ml = new MLContext(seed: 1);
        string csv = Toy.WriteCsv(folder["rows.csv"], [.. Enumerable.Range(0, 32).Select(row => Toy.Classes[(row + 1) % 2])]);
        IDataView rows = ml.Data.LoadFromTextFile(csv, [new("Label", DataKind.String, 0), new("Pixels", DataKind.Single, 1, 16)], separatorChar: ',', hasHeader: true);
        // By occurrence, so that right is the first class here and the second in the file's own order.
        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label").Append(ml.Transforms.Concatenate("Features", "Pixels"))
            .Append(ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options));
        ml.Model.Save(pipeline.Fit(rows), rows.Schema, folder["model.zip"]);

        Answer answer = Answer.To("evaluate", "-m", folder["model.zip"], "-d", csv, "--json");

        StringAssert.Contains(answer.Errors, "step ValueToKeyMappingTransformer has no column to work on", StringComparison.Ordinal);
        Assert.AreEqual(1.0, answer.Json.GetProperty("microAccuracy").GetDouble());
        Assert.AreEqual("right", answer.Json.GetProperty("classes")[0].GetProperty("label").GetString());
    }

    [TestMethod]
    public void A_model_without_a_network_is_told_by_what_it_holds()
    {
        using var folder = new TemporaryFolder();
        var ml = new MLContext(seed: 1);
        IDataView rows = Toy.Rows(ml, 2);
        ml.Model.Save(ml.Transforms.CopyColumns("Copy", "Label").Fit(rows), rows.Schema, folder["copy.zip"]);

        Answer.To("info", "-m", folder["copy.zip"]).FailsWith(ExitCode.Data, "copy.zip' holds no spiking network, but ColumnCopyingTransformer.");
    }

    [TestMethod]
    public void What_is_no_model_is_refused_by_what_it_is()
    {
        using var folder = new TemporaryFolder();
        using (ZipArchive zip = ZipFile.Open(folder["other.zip"], ZipArchiveMode.Create)) zip.CreateEntry("a.txt");

        Answer.To("info", "-m", folder.Write("text.zip", "no zip")).FailsWith(ExitCode.Data, "text.zip' is no model: it is not a zip file.");
        Answer.To("info", "-m", folder["other.zip"]).FailsWith(ExitCode.Data, "other.zip' is a zip file, but no model that ML.NET can read: it has no entry 'TransformerChain/Model.key'.");
    }

    [TestMethod]
    public void A_newer_format_asks_for_a_newer_tool()
    {
        using var folder = new TemporaryFolder();
        // After the network's signature come the versions that wrote it and that can read it.
        Rewrite(folder["newer.zip"], "Model.key", bytes => { if (bytes.AsSpan(0x40, 8).SequenceEqual("SPIKNETW"u8)) bytes[0x48] = bytes[0x4c] = 9; return bytes; });

        Answer.To("info", "-m", folder["newer.zip"]).FailsWith(ExitCode.Data, "newer.zip': The model is of format 1.9, but this version reads format 1.2; update the package");
    }

    [TestMethod]
    public void A_damaged_entry_is_named()
    {
        using var folder = new TemporaryFolder();
        Rewrite(folder["cut.zip"], "Weights.safetensors", bytes => bytes[..100]);

        Answer.To("info", "-m", folder["cut.zip"]).FailsWith(ExitCode.Data, "Weights.safetensors");
    }

    private static void Rewrite(string copy, string name, Func<byte[], byte[]> change)
    {
        File.Copy(Toy.Model, copy);
        using ZipArchive zip = ZipFile.Open(copy, ZipArchiveMode.Update);
        foreach (ZipArchiveEntry entry in zip.Entries.Where(entry => entry.Name == name).ToArray())
        {
            using Stream content = entry.Open();
            using var memory = new MemoryStream();
            content.CopyTo(memory);
            byte[] bytes = change(memory.ToArray());
            content.SetLength(0);
            content.Write(bytes);
        }
    }
}
