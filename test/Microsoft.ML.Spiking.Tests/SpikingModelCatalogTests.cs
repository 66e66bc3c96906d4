using System.IO.Compression;
using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Fuzz.Mutators;
using Microsoft.ML.Spiking.Fuzz.Targets;
using Microsoft.ML.Spiking.Tests.Model;

namespace Microsoft.ML.Spiking.Tests;

/// <summary>A model of a stranger is loaded as ml.Model.Load loads it, or refused by one exception that names file, entry and fault.</summary>
[TestClass]
public class SpikingModelCatalogTests
{
    private static byte[] File { get; } = SmallModels.All[0].File;

    [TestMethod]
    public void Every_kind_of_model_of_ours_is_loaded()
    {
        var ml = new MLContext();
        foreach (var (name, file) in SmallModels.All)
        {
            ITransformer model = ml.Model.LoadChecked(new MemoryStream(file), out DataViewSchema? schema, ModelComponents.Spiking);
            ITransformer plain = ml.Model.Load(new MemoryStream(file), out DataViewSchema expected);
            Assert.AreEqual(plain.GetType(), model.GetType(), name);
            Assert.AreEqual(expected.ToString(), schema!.ToString(), name);
        }
    }

    [TestMethod]
    public void A_pipeline_of_MLNet_needs_leave()
    {
        byte[] pipeline = Pipeline();

        StringAssert.Contains(Refusal(pipeline), "The model is damaged in its entry 'TransformerChain/Transform_000/Normalizer_000/Model.key': it is loaded by "
            + "'AffineNormExec' of the assembly 'Microsoft.ML.Data', but ModelComponents.Spiking allows none such. [SPK3001]");
        Assert.IsInstanceOfType<TransformerChain<ITransformer>>(new MLContext().Model.LoadChecked(new MemoryStream(pipeline), out _, ModelComponents.MLNet));
    }

    [TestMethod]
    public void An_assembly_that_is_not_there_is_named_and_none_is_loaded_without_leave()
    {
        byte[] other = ModelZip.With(File, "Model.key", bytes => Replaced(bytes, "Microsoft.ML.Spiking", "Mictosoft.ML.Spiking"));

        StringAssert.Contains(Refusal(other, ModelComponents.MLNet), "of the assembly 'Mictosoft.ML.Spiking', but ModelComponents.MLNet allows none such");
        StringAssert.Contains(Refusal(other, ModelComponents.Any), "The model needs an assembly that this application does not have: ");
    }

    [TestMethod]
    public void A_file_is_named_and_so_are_entry_and_fault()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "model.zip");
        System.IO.File.WriteAllBytes(path, ModelZip.With(File, "Network.json", bytes => [.. bytes, (byte)' '], sign: false));
        var ml = new MLContext();

        var refusal = Assert.ThrowsExactly<InvalidDataException>(() => ml.Model.LoadChecked(path, out _, ModelComponents.Spiking));

        Assert.AreEqual($"'{path}': The model's entry 'Network.json' is damaged: its bytes are not those that were written: their SHA-256 is not that of SHA256SUMS. [SPK3001]", refusal.Message);
        ml.Model.CheckFile(path, ModelComponents.Spiking);   // which leaves the network to its loader
        System.IO.File.WriteAllText(path, "no zip");
        Assert.AreEqual($"'{path}' is no model: it is not a zip file. [SPK3001]", Assert.ThrowsExactly<InvalidDataException>(() => ml.Model.CheckFile(path, ModelComponents.Spiking)).Message);
        Assert.ThrowsExactly<FileNotFoundException>(() => ml.Model.LoadChecked(path + "x", out _, ModelComponents.Spiking));
    }

    [TestMethod]
    public void Bombs_are_refused_before_they_are_unpacked()
    {
        List<ZipPart> parts = ZipMutator.Unpack(File);
        parts.Add(new ZipPart("TransformerChain/Bomb", new byte[200_000_000]));
        byte[] bomb = ZipMutator.Pack(parts);
        long before = GC.GetAllocatedBytesForCurrentThread();

        StringAssert.Contains(Refusal(bomb), "'TransformerChain/Bomb' has 200000000 bytes");

        Assert.IsLessThan(1_000_000, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [TestMethod]
    public void Entries_of_one_name_are_refused()
    {
        List<ZipPart> parts = ZipMutator.Unpack(File);
        parts.Add(parts[0]);

        StringAssert.Contains(Refusal(ZipMutator.Pack(parts)), "it has two entries '");
    }

    [TestMethod]
    public void A_zip_that_is_no_model_is_refused()
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true)) zip.CreateEntry("a.txt");

        StringAssert.Contains(Refusal(file.ToArray()), "The model is a zip file, but no model that ML.NET can read");
    }

    private static string Refusal(byte[] file, ModelComponents components = ModelComponents.Spiking)
        => Assert.ThrowsExactly<InvalidDataException>(() => new MLContext().Model.LoadChecked(new MemoryStream(file), out _, components)).Message;

    private static byte[] Pipeline()
    {
        var ml = new MLContext(seed: 1);
        IDataView rows = Toy.Data(ml);
        return ModelZip.Save(ml, ml.Transforms.NormalizeMinMax("Features").Append(ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options)).Fit(rows), rows.Schema);
    }

    private static byte[] Replaced(byte[] bytes, string old, string with)
    {
        System.Text.Encoding utf16 = System.Text.Encoding.Unicode;
        int at = bytes.AsSpan().IndexOf(utf16.GetBytes(old));
        Assert.IsGreaterThanOrEqualTo(0, at);
        utf16.GetBytes(with).CopyTo(bytes, at);
        return bytes;
    }
}
