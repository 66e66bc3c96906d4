using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.ML.Spiking.Fuzz.Targets;

namespace Microsoft.ML.Spiking.Tests;

/// <summary>A network goes into a safetensors file and comes out of it the same, whatever its layers; a file that is not as it was written says so.</summary>
[TestClass]
public class SafetensorsFileTests
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".safetensors");

    public static IEnumerable<object[]> Names => SmallModels.Networks.Select(made => new object[] { made.Name });

    [TestCleanup]
    public void Cleanup() => File.Delete(_path);

    [TestMethod]
    public void A_file_may_carry_what_its_network_promises()
    {
        var ml = new MLContext(seed: 1);
        SpikingNetworkTransformer network = ml.MulticlassClassification.Trainers.SpikingNetwork(new SpikingNetworkOptions { Batches = 3, Seed = 1 }).Fit(Toy.Rows(ml));
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            SafetensorsFile.Write(network, path);
            Assert.IsNull(SafetensorsFile.ReadGolden(path));
            SafetensorsFile.Write(network, path, GoldenRows.Of(network.Model, Toy.Rows(ml), count: 3));
            GoldenResult result = SafetensorsFile.ReadGolden(path)!.Check(SafetensorsFile.Read(path));
            Assert.AreEqual("3 golden rows: kept; 0 spikes changed, 0 labels changed, scores within 0.", result.ToString());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void A_network_of_every_kind_comes_back_as_it_was(string name)
    {
        var (_, model, network) = SmallModels.Networks.Single(made => made.Name == name);
        SafetensorsFile.Write(model, _path);
        SameModel.Check(model, SafetensorsFile.Read(_path));
        if (network is null) return;

        SafetensorsFile.Write(network, _path);
        var ml = new MLContext(seed: 1);
        SpikingNetworkTransformer loaded = ml.Model.LoadFromSafetensors(_path);
        SameModel.Check(model, loaded.Model);
        CollectionAssert.AreEqual(network.ClassNames.ToArray(), loaded.ClassNames.ToArray());
        if (name == "chain") return;   // its rows are of another step's making
        Views.SameValues(network.Transform(SmallModels.Rows(ml)), loaded.Transform(SmallModels.Rows(ml)));
    }

    [TestMethod]
    public void A_network_of_any_options_predicts_as_it_did() => Property.ForAll(AnyTraining.Drawn, drawn =>
    {
        var ml = new MLContext(seed: 1);
        IDataView data = drawn.Data(ml);
        SpikingNetworkTransformer made = ml.MulticlassClassification.Trainers.SpikingNetwork(drawn.Options).Fit(data);
        SafetensorsFile.Write(made, _path);
        SpikingNetworkTransformer loaded = ml.Model.LoadFromSafetensors(_path);

        SameModel.Check(made.Model, loaded.Model);
        CollectionAssert.AreEqual(made.ClassNames.ToArray(), loaded.ClassNames.ToArray());
        Views.SameValues(made.Transform(data), loaded.Transform(data));

        // What is written of the loaded one is what was written of the first.
        byte[] written = File.ReadAllBytes(_path);
        SafetensorsFile.Write(loaded, _path);
        CollectionAssert.AreEqual(written, File.ReadAllBytes(_path));
    }, times: 30);

    [TestMethod]
    public void Numbers_begin_where_other_tools_can_read_them_in_place()
    {
        SafetensorsFile.Write(Sound, _path);
        byte[] file = File.ReadAllBytes(_path);
        JsonObject header = Header(file);

        Assert.AreEqual(0, BinaryPrimitives.ReadInt64LittleEndian(file) % 8);
        Assert.AreEqual("Microsoft.ML.Spiking 1", header["__metadata__"]!["Format"]!.GetValue<string>());
        Assert.AreEqual("{", header["__metadata__"]!["Network"]!.GetValue<string>()[..1]);
        CollectionAssert.AreEqual(SpikingModelArrays.Of(Sound).Select(array => array.Name).ToArray(), header.Select(member => member.Key).Skip(1).ToArray());
    }

    [TestMethod]
    public void Tensors_that_another_tool_wrote_in_another_order_are_the_same_network()
    {
        SafetensorsFile.Write(Sound, _path);
        byte[] file = File.ReadAllBytes(_path);
        JsonObject header = Header(file);
        byte[] numbers = file[(sizeof(long) + (int)BinaryPrimitives.ReadInt64LittleEndian(file))..];
        var turned = new JsonObject { ["__metadata__"] = header["__metadata__"]!.DeepClone() };
        var moved = new List<byte>();
        foreach (var (name, place) in header.Skip(1).Reverse())
        {
            int begin = (int)place!["data_offsets"]![0]!, end = (int)place["data_offsets"]![1]!;
            JsonNode there = place.DeepClone();
            there["data_offsets"] = new JsonArray(moved.Count, moved.Count + end - begin);
            turned[name] = there;
            moved.AddRange(numbers[begin..end]);
        }
        File.WriteAllBytes(_path, Packed(turned, [.. moved]));

        SameModel.Check(Sound, SafetensorsFile.Read(_path));
    }

    [TestMethod]
    public void A_network_without_a_readout_is_read_and_is_no_transformer()
    {
        SafetensorsFile.Write(SmallModels.Networks.First(made => made.Network is null).Model, _path);

        Assert.AreEqual(0, SafetensorsFile.Read(_path).Classes);
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => new MLContext().Model.LoadFromSafetensors(_path)).Message, "ml.Transforms.SpikingFeatures");
    }

    [TestMethod]
    public void A_file_of_tensors_alone_says_what_it_lacks()
    {
        File.WriteAllBytes(_path, Packed(new JsonObject { ["w"] = new JsonObject { ["dtype"] = "F32", ["shape"] = new JsonArray(1), ["data_offsets"] = new JsonArray(0, 4) } }, new byte[4]));

        Assert.AreEqual($"'{_path}' could not be read as a network in safetensors: its __metadata__ does not say by its 'Format' that its tensors are a network of "
            + "Microsoft.ML.Spiking; weights alone do not say what to do with them. [SPK7002]", Refusal());
    }

    [TestMethod]
    [DataRow("Format", "Microsoft.ML.Spiking 2", "it is of format 'Microsoft.ML.Spiking 2'")]
    [DataRow("Answers", "perhaps", "its 'Answers' are 'perhaps', which does not go with a network of 2 classes.")]
    [DataRow("Answers", "rates", "its 'Answers' are 'rates'")]
    [DataRow("Network", "[]", "'Network' in its __metadata__ is damaged")]
    [DataRow("Network", null, "its __metadata__ has no 'Network'.")]
    [DataRow("Outline", "{}", "'Outline' in its __metadata__ is damaged")]
    public void A_text_that_is_damaged_is_named(string name, string? text, string said)
    {
        Change(header =>
        {
            if (text is null) header["__metadata__"]!.AsObject().Remove(name);
            else header["__metadata__"]![name] = text;
        });

        StringAssert.Contains(Refusal(), said);
    }

    [TestMethod]
    public void A_tensor_that_is_absent_strange_or_of_another_type_is_named()
    {
        Change(header => header["readout.hidden.weight"]!["dtype"] = "F16");
        StringAssert.Contains(Refusal(), "its 'readout.hidden.weight' is F16 [");
        Change(header => Rename(header, "readout.output.bias", "readout.output.shift"));
        StringAssert.Contains(Refusal(), "it has no tensor 'readout.output.bias'.");
        Change(header => header["more"] = new JsonObject { ["dtype"] = "F32", ["shape"] = new JsonArray(0), ["data_offsets"] = new JsonArray(0, 0) });
        StringAssert.Contains(Refusal(), "it has a tensor 'more', which the network does not.");
    }

    [TestMethod]
    public void A_size_that_lies_costs_nothing()
    {
        byte[] file = [.. new byte[sizeof(long)], .. "{}"u8];
        BinaryPrimitives.WriteInt64LittleEndian(file, SafetensorsHeader.MaximumBytes);
        File.WriteAllBytes(_path, file);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Refusal();

        Assert.IsLessThan(1_000_000, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [TestMethod]
    public void What_does_not_fit_a_header_is_not_written()
    {
        SpikingModel longLived = Sound with
        {
            Training = Sound.Training with { Journal = [.. Enumerable.Repeat(new StructuralChange(1, 2, 3, StructuralChangeKind.Formed, StructuralReason.CoActive, 0.5f, 0.25f, 0.125f), 300_000)] },
        };

        var refusal = Assert.ThrowsExactly<NotSupportedException>(() => SafetensorsFile.Write(longLived, _path));

        StringAssert.Contains(refusal.Message, "leave out the Journal");
        Assert.IsFalse(File.Exists(_path));
    }

    private static SpikingModel Sound { get; } = SmallModels.Networks.First().Model;

    private string Refusal()
    {
        var refusal = Assert.ThrowsExactly<InvalidDataException>(() => SafetensorsFile.Read(_path));
        Assert.IsTrue(Trouble.Foreign.Is(refusal));
        return refusal.Message;
    }

    private void Change(Action<JsonObject> change)
    {
        SafetensorsFile.Write(Sound, _path);
        byte[] file = File.ReadAllBytes(_path);
        JsonObject header = Header(file);
        change(header);
        File.WriteAllBytes(_path, Packed(header, file[(sizeof(long) + (int)BinaryPrimitives.ReadInt64LittleEndian(file))..]));
    }

    private static void Rename(JsonObject header, string name, string other)
    {
        JsonNode place = header[name]!.DeepClone();
        header.Remove(name);
        header[other] = place;
    }

    private static JsonObject Header(byte[] file) => JsonNode.Parse(file.AsSpan(sizeof(long), (int)BinaryPrimitives.ReadInt64LittleEndian(file)))!.AsObject();

    private static byte[] Packed(JsonObject header, byte[] numbers)
    {
        byte[] json = Encoding.UTF8.GetBytes(header.ToJsonString());
        byte[] file = [.. new byte[sizeof(long)], .. json, .. numbers];
        BinaryPrimitives.WriteInt64LittleEndian(file, json.Length);
        return file;
    }
}
