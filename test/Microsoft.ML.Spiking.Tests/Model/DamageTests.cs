using Text = System.Text.Encoding;

namespace Microsoft.ML.Spiking.Tests.Model;

/// <summary>A damaged model is refused by name, not served.</summary>
[TestClass]
public class DamageTests
{
    private static readonly Lazy<byte[]> s_sound = new(() =>
    {
        var ml = new MLContext(seed: 1);
        return ModelZip.Save(ml, Toy.Trained, Toy.Data(ml).Schema);
    });

    [TestMethod]
    public void The_sound_one_loads()
        => Assert.AreEqual(Toy.Trained.Model.Standardisation, ((SpikingNetworkTransformer)ModelZip.Load(ModelZip.With(s_sound.Value, "Training.json", bytes => bytes))).Model.Standardisation);

    [TestMethod]
    [DataRow("Network.json")]
    [DataRow("Outline.json")]
    [DataRow("Training.json")]
    [DataRow("Provenance.json")]
    [DataRow("Weights.safetensors")]
    public void A_missing_entry_is_named(string entry) => IsDamaged(entry, _ => null);

    [TestMethod]
    [DataRow("Network.json")]
    [DataRow("Outline.json")]
    [DataRow("Training.json")]
    [DataRow("Provenance.json")]
    [DataRow("Weights.safetensors")]
    public void A_truncated_entry_is_named(string entry)
    {
        IsDamaged(entry, bytes => bytes[..^8]);
        IsDamaged(entry, bytes => bytes[..5]);
        IsDamaged(entry, _ => []);
    }

    [TestMethod]
    public void Weights_of_another_shape_are_named()
    {
        // Seven inputs become eight in a header of the same length.
        Exception inner = IsDamaged("Weights.safetensors", bytes => Text.Latin1.GetBytes(Replaced(Text.Latin1.GetString(bytes), "16,\n      7", "16,\n      8")));

        StringAssert.Contains(inner.Message, "'layers.0.input.weight' of shape [4, 16, 7]");
    }

    [TestMethod]
    public void Options_that_do_not_fit_the_weights_are_found_out()
        => IsDamaged("Weights.safetensors", "Network.json", bytes => Text.UTF8.GetBytes(Replaced(Text.UTF8.GetString(bytes), "\"Columns\": 4", "\"Columns\": 5")));

    [TestMethod]
    public void Options_that_cannot_be_are_found_out()
    {
        Exception inner = IsDamaged("Network.json", bytes => Text.UTF8.GetBytes(Replaced(Text.UTF8.GetString(bytes), "\"Columns\": 4", "\"Columns\": 0")));

        StringAssert.Contains(inner.Message, "Columns is 0, but it must be greater than 0. [SPK1001]");
    }

    [TestMethod]
    public void An_input_that_its_code_cannot_read_is_found_out()
    {
        byte[] damaged = ModelZip.With(s_sound.Value, "Network.json", bytes => Text.UTF8.GetBytes(Replaced(Text.UTF8.GetString(bytes), "\"$type\": \"rate\",\n    \"MaximumProbability\": 1", "\"$type\": \"delta\",\n    \"Threshold\": 0.5")));

        Exception inner = Assert.ThrowsExactly<InvalidOperationException>(() => ModelZip.Load(damaged));
        while (inner.InnerException is not null) inner = inner.InnerException;
        Assert.AreEqual("The model is damaged: it names an input of dimensions [7], and its code, DeltaCode, needs [time, inputs]. [SPK3001]", inner.Message);
    }

    [TestMethod]
    public void Neurons_that_hear_others_than_there_are_weights_for_are_found_out()
    {
        var ml = new MLContext(seed: 1);
        SpikingNetworkTransformer sound = ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options with { Batches = 1, Network = Toy.Options.Network.EachLayer(layer => layer with { Recurrence = new Recurrence() }) }).Fit(Toy.Data(ml));
        TrainedLayer layer = sound.Model.Layers[0];
        float[] pairs = layer.RecurrentTopology.ToAdjacency();
        int heard = pairs.Count(joined => joined != 0);
        pairs[Array.IndexOf(pairs, 1)] = 0;
        var damaged = new SpikingNetworkTransformer(ml, sound.Model with { Layers = [layer with { RecurrentTopology = Graph.FromAdjacency(layer.Layer.Nodes, pairs) }] }, sound.Outputs);

        Exception inner = Assert.ThrowsExactly<InvalidOperationException>(() => ModelZip.Load(ModelZip.Save(ml, damaged, Toy.Data(ml).Schema)));

        while (inner.InnerException is not null) inner = inner.InnerException;
        StringAssert.Contains(inner.Message, $"the neurons of {heard - 1} pairs of columns hear each other, but there are weights for {heard}.");
    }

    [TestMethod]
    public void Receptive_fields_of_what_is_no_image_are_found_out()
    {
        byte[] damaged = ModelZip.With(s_sound.Value, "Network.json", bytes => Text.UTF8.GetBytes(Replaced(Text.UTF8.GetString(bytes), "\"ReceptiveField\": null", "\"ReceptiveField\": { \"Height\": 2, \"Width\": 2 }")));

        Exception inner = Assert.ThrowsExactly<InvalidOperationException>(() => ModelZip.Load(damaged));
        while (inner.InnerException is not null) inner = inner.InnerException;
        Assert.AreEqual("The model is damaged: its receptive fields do not fit an input of dimensions [7]. [SPK3001]", inner.Message);
    }

    [TestMethod]
    [DataRow("Network.json")]
    [DataRow("Outline.json")]
    [DataRow("Classes.json")]
    [DataRow("Training.json")]
    [DataRow("Provenance.json")]
    [DataRow("Weights.safetensors")]
    public void An_entry_of_which_one_bit_changed_is_named(string entry)
    {
        byte[] damaged = ModelZip.With(s_sound.Value, entry, bytes =>
        {
            bytes[^1] ^= 1;
            return bytes;
        }, sign: false);

        Assert.AreEqual($"The model's entry '{entry}' is damaged: its bytes are not those that were written: their SHA-256 is not that of SHA256SUMS. [SPK3001]", Refusal(damaged));
    }

    [TestMethod]
    public void Without_its_digests_a_model_is_refused()
        => Assert.AreEqual("The model is damaged: it has no entry 'SHA256SUMS'; it was not saved to its end, or something took it out. [SPK3001]",
            Refusal(ModelZip.With(s_sound.Value, "SHA256SUMS", _ => null)));

    [TestMethod]
    public void Classes_that_are_not_the_networks_are_refused()
        => Assert.AreEqual("The model's entry 'Classes.json' is damaged: it names 2 classes, but the network tells 3 apart. [SPK3001]",
            Refusal(ModelZip.With(s_sound.Value, "Classes.json", _ => """{"Kind": "Text", "Values": ["a", "b"]}"""u8.ToArray())));

    [TestMethod]
    public void Output_columns_of_one_name_are_refused()
    {
        string refusal = Refusal(ModelZip.With(s_sound.Value, "Outline.json", bytes => Text.UTF8.GetBytes(Replaced(Text.UTF8.GetString(bytes), "\"Score\": \"Score\"", "\"Score\": \"PredictedLabel\""))));

        StringAssert.Contains(refusal, "ScoreColumnName is 'PredictedLabel', and so is PredictedLabelColumnName");
    }

    [TestMethod]
    [DataRow(float.NaN, "NaN")]
    [DataRow(float.NegativeInfinity, "-Infinity")]
    [DataRow(3e38f, "3E+38")]
    public void A_number_that_cannot_be_is_named_by_array_and_place(float value, string said)
    {
        byte[] damaged = ModelZip.With(s_sound.Value, "Weights.safetensors", bytes =>
        {
            BitConverter.TryWriteBytes(bytes.AsSpan(bytes.Length - sizeof(float)), value);
            return bytes;
        });

        Assert.AreEqual($"The model's entry 'Weights.safetensors' is damaged: 'readout.output.bias'[2] is {said}, but it must lie between -1E+12 and 1E+12. [SPK3001]", Refusal(damaged));
    }

    [TestMethod]
    [DataRow("\"TimeSteps\": 10", "\"TimeSteps\": 100000000", "Network.json", "TimeSteps is 100000000")]
    [DataRow("\"Temperature\": 1", "\"Temperature\": \"NaN\"", "Outline.json", "temperature of NaN")]
    [DataRow("\"BinWidth\": null", "\"BinWidth\": \"00:00:00\"", "Outline.json", "time steps of 00:00:00")]
    [DataRow("\"BinWidth\": null", "\"BinWidth\": \"soon\"", "Outline.json", "")]
    public void What_would_score_for_ever_or_nothing_is_refused(string old, string with, string entry, string reason)
        => StringAssert.Contains(Refusal(ModelZip.With(s_sound.Value, entry, bytes => Text.UTF8.GetBytes(Replaced(Text.UTF8.GetString(bytes), old, with)))), reason);

    [TestMethod]
    [DataRow("Network.json")]
    [DataRow("Provenance.json")]
    [DataRow("SHA256SUMS")]
    public void An_entry_that_is_too_long_is_not_read(string entry)
    {
        byte[] padded = ModelZip.With(s_sound.Value, entry, bytes => [.. bytes, .. new byte[50_000_000]], sign: entry != "SHA256SUMS");
        long before = GC.GetAllocatedBytesForCurrentThread();

        StringAssert.Contains(Refusal(padded), "no more than");

        Assert.IsLessThan(5_000_000, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>What a plain ml.Model.Load says at the end of ML.NET's exceptions.</summary>
    private static string Refusal(byte[] damaged)
    {
        Exception? error = Assert.ThrowsExactly<InvalidOperationException>(() => ModelZip.Load(damaged));
        while (error is not null and not InvalidDataException) error = error.InnerException;
        return error!.Message;
    }

    private static Exception IsDamaged(string entry, Func<byte[], byte[]?> change) => IsDamaged(entry, entry, change);

    private static Exception IsDamaged(string named, string entry, Func<byte[], byte[]?> change)
    {
        byte[] damaged = ModelZip.With(s_sound.Value, entry, change);

        var refusal = Assert.ThrowsExactly<InvalidOperationException>(() => ModelZip.Load(damaged));
        Exception inner = refusal;
        while (inner.InnerException is not null && !inner.Message.Contains(named, StringComparison.Ordinal)) inner = inner.InnerException;
        Assert.AreNotSame(refusal, inner, refusal.ToString());
        StringAssert.Contains(inner.Message, $"'{named}'");
        StringAssert.Contains(inner.Message, "damaged");
        return inner;
    }

    private static string Replaced(string text, string old, string with)
    {
        StringAssert.Contains(text, old);
        return text.Replace(old, with, StringComparison.Ordinal);
    }
}
