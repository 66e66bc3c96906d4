using System.Text.Json;

namespace Microsoft.ML.Spiking.Tests.Commands;

[TestClass]
public class InfoCommandTests
{
    [TestMethod]
    public void The_layers_have_the_parameters_that_their_shapes_ask_for()
    {
        JsonElement info = Answer.To("info", "-m", Toy.Model, "--json").Json;

        // 4 · 16 · 16 from the inputs, 4 · 4 between columns, 16 · 64 + 16 hidden, 2 · 16 + 2 out.
        CollectionAssert.AreEqual((long[])[1024, 16, 1040, 34], info.GetProperty("layers").EnumerateArray().Select(layer => layer.GetProperty("parameters").GetInt64()).ToArray());
        Assert.AreEqual(2114, info.GetProperty("parameters").GetInt64());
        Assert.AreEqual("1.2", info.GetProperty("format").GetString());
        Assert.AreEqual(1, info.GetProperty("training").GetProperty("seed").GetInt32());
        Assert.AreEqual(40, info.GetProperty("training").GetProperty("batches").GetInt32());
        CollectionAssert.AreEqual(Toy.Classes.ToArray(), info.GetProperty("classes").EnumerateArray().Select(c => c.GetString()).ToArray());
    }

    [TestMethod]
    public void The_text_names_schema_layers_training_and_entries()
    {
        string text = Answer.To("info", "-m", Toy.Model).Output;

        foreach (string part in (string[])["Features Vector<Single, 4, 4>", "2: left, right", "4 x 16 x 16", "40 batches on 64 rows, seed 1", "on CPU", "Weights.safetensors"])
            StringAssert.Contains(text, part, StringComparison.Ordinal);
    }

    [TestMethod]
    public void Of_several_layers_each_is_described()
    {
        ColumnLayer first = Toy.Options.Network.ColumnLayers[0];
        var ml = new MLContext(seed: 1);
        IDataView rows = Toy.Rows(ml, 64);
        using var folder = new TemporaryFolder();
        string path = folder["deep.zip"];
        SpikingNetworkOptions deep = Toy.Options with { Network = Toy.Options.Network with { Layers = [first with { Recurrence = new Recurrence() }, first with { Columns = 5 }] }, Batches = 2 };
        ml.Model.Save(ml.MulticlassClassification.Trainers.SpikingNetwork(deep).Fit(rows), rows.Schema, path);

        string text = Answer.To("info", "-m", path).Output;

        // The second layer reads the 4 · 16 neurons of the first, the readout the 5 · 16 of the second.
        foreach (string part in (string[])["layer 0, columns", "layer 0, between neurons", "4 x 16 x 16", "layer 1, columns", "5 x 16 x 64", "16 x 80"])
            StringAssert.Contains(text, part, StringComparison.Ordinal);
    }

    [TestMethod]
    public void A_file_that_is_not_there_ends_with_3() => Answer.To("info", "-m", "absent.zip").FailsWith(ExitCode.Data, "The model 'absent.zip' does not exist.");
}
