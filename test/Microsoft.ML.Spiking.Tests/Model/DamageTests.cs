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
    public void Receptive_fields_of_what_is_no_image_are_found_out()
    {
        byte[] damaged = ModelZip.With(s_sound.Value, "Network.json", bytes => Text.UTF8.GetBytes(Replaced(Text.UTF8.GetString(bytes), "\"ReceptiveField\": null", "\"ReceptiveField\": { \"Height\": 2, \"Width\": 2 }")));

        Exception inner = Assert.ThrowsExactly<InvalidOperationException>(() => ModelZip.Load(damaged));
        while (inner.InnerException is not null) inner = inner.InnerException;
        Assert.AreEqual("The model is damaged: its receptive fields do not fit an input of dimensions [7]. [SPK3001]", inner.Message);
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
