using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Nir;

/// <summary>Ours, a file, ours: nothing that is computed changes by a bit.</summary>
[TestClass]
public class NirRoundTripTests
{
    private readonly string _path = Path.GetTempFileName();

    [TestCleanup]
    public void Cleanup() => File.Delete(_path);

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void Weights_labels_scores_and_rates_are_the_same_to_the_bit(int which)
    {
        SpikingNetworkTransformer network = which switch
        {
            0 => Trained.Fit(Trained.Linear, Trained.Plain),
            1 => Trained.Fit(Trained.Linear, Trained.Plain with { Normalisation = new(), ExcitatoryFraction = 1 }),
            2 => Trained.Fit(Trained.Linear with { Layers = ReadLayers.All }, Trained.Plain, Trained.Plain with { Columns = 3, ExcitatoryFraction = 0.5 }),
            _ => Trained.Fit(Trained.Linear, Trained.Plain with { Excitatory = new LifNeuron { Threshold = 0.7f, Reset = 0.1f, MembraneTimeConstant = 33, SynapseTimeConstant = 0.4 } }),
        };
        NirFile.Write(_path, network.Model.ToNir(classNames: network.ClassNames).Graph);

        var ml = new MLContext(seed: 1);
        var loaded = (SpikingNetworkTransformer)ml.Model.LoadFromNir(_path, new() { TimeSteps = Trained.Steps });

        CollectionAssert.AreEqual(network.ClassNames, loaded.ClassNames);
        for (int i = 0; i < network.Model.Layers.Length; i++)
        {
            CollectionAssert.AreEqual(network.Model.Layers[i].InputWeights, loaded.Model.Layers[i].InputWeights);
            CollectionAssert.AreEqual(network.Model.Layers[i].Biases, loaded.Model.Layers[i].Biases);
        }
        CollectionAssert.AreEqual(network.Model.OutputWeights, loaded.Model.OutputWeights);
        CollectionAssert.AreEqual(network.Model.OutputBias, loaded.Model.OutputBias);
        IDataView rows = Trained.Data(ml);
        CollectionAssert.AreEqual(Numbers(network, rows, "Score"), Numbers(loaded, rows, "Score"));
        CollectionAssert.AreEqual(Numbers(network, rows, "SpikeRate"), Numbers(loaded, rows, "SpikeRate"));
        CollectionAssert.AreEqual(network.Transform(rows).GetColumn<uint>("PredictedLabel").ToArray(), loaded.Transform(rows).GetColumn<uint>("PredictedLabel").ToArray());
    }

    [TestMethod]
    public void Without_our_metadata_it_computes_the_same_in_one_column()
    {
        SpikingNetworkTransformer network = Trained.Fit(Trained.Linear, Trained.Plain);
        NirGraph graph = network.Model.ToNir().Graph;
        NirFile.Write(_path, NirGraph.Of(graph.Nodes.Select(node => KeyValuePair.Create(node.Key, node.Value with { Metadata = new NirInput([]).Metadata })), graph.Edges));

        var ml = new MLContext(seed: 1);
        var loaded = (SpikingNetworkTransformer)ml.Model.LoadFromNir(_path, new() { TimeSteps = Trained.Steps, ClassNames = [.. Trained.Kinds] });

        Assert.AreEqual(1, ((ColumnLayer)loaded.Model.Layers[0].Layer).Columns);
        IDataView rows = Trained.Data(ml);
        CollectionAssert.AreEqual(network.Transform(rows).GetColumn<uint>("PredictedLabel").ToArray(), loaded.Transform(rows).GetColumn<uint>("PredictedLabel").ToArray());
        float[] before = Numbers(network, rows, "Score"), after = Numbers(loaded, rows, "Score");
        for (int i = 0; i < before.Length; i++) Assert.AreEqual(before[i], after[i], 1e-6f);
    }

    [TestMethod]
    public void What_was_loaded_is_saved_as_any_model_is()
    {
        NirFile.Write(_path, Trained.Fit(Trained.Linear, Trained.Plain).Model.ToNir().Graph);
        var ml = new MLContext(seed: 1);
        IDataView rows = Trained.Data(ml);
        ITransformer loaded = ml.Model.LoadFromNir(_path, new() { TimeSteps = Trained.Steps });
        using var zip = new MemoryStream();
        ml.Model.Save(loaded, rows.Schema, zip);
        zip.Position = 0;
        CollectionAssert.AreEqual(Numbers(loaded, rows, "Score"), Numbers(ml.Model.LoadChecked(zip, out _, ModelComponents.Spiking), rows, "Score"));
    }

    [TestMethod]
    public void A_network_that_ends_in_spikes_gives_rates()
    {
        SpikingNetworkTransformer network = Trained.Fit(new Readout { HiddenUnits = 4, Dropout = 0 }, Trained.Plain);
        NirFile.Write(_path, network.Model.ToNir().Graph);
        var ml = new MLContext(seed: 1);
        var loaded = (SpikingFeaturesTransformer)ml.Model.LoadFromNir(_path, new() { TimeSteps = Trained.Steps });
        IDataView rows = Trained.Data(ml);
        float[] rates = Numbers(loaded, rows, "SpikeRate");
        var ours = new SpikingFeaturesTransformer(ml, "SpikeRate", network.Model.WithoutReadout("Features"));
        CollectionAssert.AreEqual(Numbers(ours, rows, "SpikeRate"), rates);
        Assert.IsTrue(rates.Any(rate => rate < 0), "inhibitory spikes count negative");
    }

    [TestMethod]
    public void The_same_network_makes_the_same_bytes_and_reading_gives_the_same_graph()
    {
        NirGraph graph = Trained.Fit(Trained.Linear, Trained.Plain).Model.ToNir(classNames: [.. Trained.Kinds]).Graph;
        NirFile.Write(_path, graph);
        byte[] first = File.ReadAllBytes(_path);
        NirFile.Write(_path, NirFile.Read(_path));
        CollectionAssert.AreEqual(first, File.ReadAllBytes(_path));
    }

    private static float[] Numbers(ITransformer model, IDataView rows, string column)
        => [.. model.Transform(rows).GetColumn<float[]>(column).SelectMany(values => values)];
}
