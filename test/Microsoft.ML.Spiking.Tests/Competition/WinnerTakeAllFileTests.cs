using System.Text;
using Microsoft.ML.Spiking.Tests.Model;

namespace Microsoft.ML.Spiking.Tests.Competition;

/// <summary>A damaged model is refused by name, whoever signed it.</summary>
[TestClass]
public class WinnerTakeAllFileTests
{
    private static readonly MLContext s_ml = new(seed: 1);

    private static readonly Lazy<byte[]> s_sound = new(() =>
    {
        IDataView rows = Toy.Data(s_ml);
        var options = new WinnerTakeAllOptions { Network = new() { Neurons = 3, TimeSteps = 20 }, Epochs = 1, Seed = 1 };
        return ModelZip.Save(s_ml, s_ml.MulticlassClassification.Trainers.WinnerTakeAll(options).Fit(rows), rows.Schema);
    });

    [TestMethod]
    [DataRow("Layer.json")]
    [DataRow("Classes.json")]
    [DataRow("Weights.safetensors")]
    public void An_entry_that_is_cut_off_is_named(string entry)
    {
        IsRefused(entry, bytes => bytes[..^8], $"'{entry}' is damaged");
        IsRefused(entry, _ => [], entry);
    }

    [TestMethod]
    [DataRow("\"Neurons\": 3", "\"Neurons\": 4", "'weight' of shape [4, 7]")]
    [DataRow("\"Neurons\": 3", "\"Neurons\": 0", "Network.Neurons is 0")]
    [DataRow("\"TimeSteps\": 20", "\"TimeSteps\": 99999", "Network.TimeSteps is 99999")]
    [DataRow("\"Classes\": 3", "\"Classes\": 0", "an input or classes that cannot be")]
    [DataRow("\"Scales\": 1", "\"Scales\": 3", "scales of 3 inputs instead of 1 or 7")]
    [DataRow("\"Gain\": ", "\"Gain\": -", "but that must be greater than 0")]
    [DataRow("\"Score\": \"Score\"", "\"Score\": \"SpikeRate\"", "one column would hide the other")]
    [DataRow("\"Learning\": {", "\"Learnt\": {", "Learning")]
    public void What_no_training_leaves_is_refused(string was, string becomes, string words) => IsRefused("Layer.json", bytes =>
    {
        string json = Encoding.UTF8.GetString(bytes);
        Assert.Contains(was, json);
        return Encoding.UTF8.GetBytes(json.Replace(was, becomes, StringComparison.Ordinal));
    }, words);

    [TestMethod]
    public void A_weight_beyond_1_is_refused() => IsRefused("Weights.safetensors", bytes =>
    {
        int first = 8 + BitConverter.ToInt32(bytes) + 2 * sizeof(float);   // after the header, an offset and a unit
        BitConverter.GetBytes(1.5f).CopyTo(bytes, first);
        return bytes;
    }, "'weight'[0, 0] is 1.5, but it must lie between 0 and 1");

    [TestMethod]
    public void An_option_that_an_older_version_did_not_know_is_as_by_default()
    {
        byte[] older = ModelZip.With(s_sound.Value, "Layer.json", bytes => Encoding.UTF8.GetBytes(
            Encoding.UTF8.GetString(bytes).Replace("\"Inhibition\": 70,", "", StringComparison.Ordinal)));
        Assert.AreEqual(70, ((WinnerTakeAllTransformer)ModelZip.Load(older)).Model.Network.Inhibition);
    }

    private static void IsRefused(string entry, Func<byte[], byte[]?> change, string words)
    {
        byte[] changed = ModelZip.With(s_sound.Value, entry, change);
        string said = Assert.ThrowsExactly<InvalidDataException>(() => s_ml.Model.LoadChecked(new MemoryStream(changed), out _, ModelComponents.Spiking)).Message;
        StringAssert.Contains(said, words);
        StringAssert.EndsWith(said, "[SPK3001]");
    }
}
