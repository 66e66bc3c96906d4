using System.Collections.Immutable;

namespace Microsoft.ML.Spiking.Tests.Nir;

/// <summary>What a trained network becomes, and that it fires the same spikes in the simulation.</summary>
[TestClass]
public class NirExportTests
{
    private static readonly Lazy<SpikingNetworkTransformer> s_plain = new(() => Trained.Fit(Trained.Linear, Trained.Plain));
    private static readonly Lazy<SpikingNetworkTransformer> s_normalised = new(() => Trained.Fit(Trained.Linear, Trained.Plain with { Normalisation = new() }));
    private static readonly Lazy<SpikingNetworkTransformer> s_deep = new(() => Trained.Fit(
        Trained.Linear with { Layers = ReadLayers.All }, Trained.Plain, Trained.Plain with { Columns = 3, ExcitatoryFraction = 0.5 }));

    [TestMethod]
    public void Its_names_sort_in_the_order_of_computation()
    {
        NirGraph graph = s_deep.Value.Model.ToNir().Graph;
        string[] names = [.. graph.Nodes.Keys];
        CollectionAssert.AreEqual(names.Order(StringComparer.Ordinal).ToArray(), names);
        Assert.AreEqual("n00_input", names[0]);
        Assert.IsInstanceOfType<NirOutput>(graph.Nodes[names[^1]]);
        foreach (NirEdge edge in graph.Edges) Assert.IsLessThan(0, string.CompareOrdinal(edge.From, edge.To), $"{edge}");
        foreach (string name in names) Assert.MatchesRegex("^[A-Za-z][A-Za-z0-9_]*$", name);
    }

    [TestMethod]
    public void Its_constants_are_those_of_forward_Euler()
    {
        SpikingModel model = s_plain.Value.Model;
        var cells = (NirCubaLif)model.ToNir(timeStep: 1e-4).Graph.Nodes["n02_layer0_exc"];
        // Of 5 and 2 steps: 1 / (1 - e^(-1/5)) = 5.51666, 1 / (1 - e^(-1/2)) = 2.54149.
        Assert.AreEqual(5.51666e-4, cells.TauMem.Values[0], 1e-8);
        Assert.AreEqual(2.54149e-4, cells.TauSyn.Values[0], 1e-8);
        Assert.AreEqual(5.51666, cells.R.Values[0], 1e-4);
        Assert.AreEqual(2.54149, cells.WIn.Values[0], 1e-4);
        Assert.AreEqual((double)MathF.BitDecrement(1), cells.VThreshold.Values[0]);
        Assert.AreEqual(0, cells.VLeak.Values[0]);
        CollectionAssert.AreEqual((int[])[32], cells.TauMem.Shape);   // 4 columns of 8 excitatory neurons
        Assert.AreEqual(1e-4, model.ToNir(timeStep: 1e-4).Graph.Metadata["dt"]);
    }

    [TestMethod]
    [DataRow(1e-4)]
    [DataRow(1e-3)]
    [DataRow(0.37)]
    public void The_simulation_fires_every_spike_of_ours_and_no_other(double timeStep)
    {
        Assert.AreEqual((0, 0), Differences(s_plain.Value.Model, timeStep, out int spikes));
        Assert.IsGreaterThan(1000, spikes);
        Assert.AreEqual((0, 0), Differences(s_normalised.Value.Model, timeStep, out spikes));
        Assert.IsGreaterThan(1000, spikes);
    }

    [TestMethod]
    public void Of_two_layers_the_sums_are_in_another_order_and_no_spike_differs_here()
    {
        Assert.AreEqual((0, 0), Differences(s_deep.Value.Model, 1e-4, out int spikes));
        Assert.IsGreaterThan(1000, spikes);
    }

    [TestMethod]
    public void The_mean_of_its_output_is_the_scores_before_softmax()
    {
        foreach (SpikingNetworkTransformer network in (SpikingNetworkTransformer[])[s_plain.Value, s_normalised.Value, s_deep.Value])
        {
            NirExport export = network.Model.ToNir();
            Assert.IsFalse(export.LeftOut.Any(part => part.StartsWith("Readout", StringComparison.Ordinal)));
            var simulation = new NirSimulation(export.Graph, 1e-4);
            var recorder = new SpikeRecorder(network);
            for (int row = 0; row < Trained.Rows; row++)
            {
                float[] logits = simulation.Run(Held(row), Trained.Steps).Mean(export.Graph.Nodes.Keys.Last());
                float largest = logits.Max(), sum = logits.Sum(logit => MathF.Exp(logit - largest));
                float[] score = [.. recorder.Record(Trained.Features(row)).Score];
                for (int k = 0; k < score.Length; k++) Assert.AreEqual(score[k], MathF.Exp(logits[k] - largest) / sum, 1e-5f);
            }
        }
    }

    [TestMethod]
    public void Names_of_other_classes_are_refused_and_not_left_for_the_import_to_pass_over()
    {
        SpikingNetworkTransformer network = s_plain.Value;
        foreach (ImmutableArray<string> names in (ImmutableArray<string>[])[["only"], [.. network.ClassNames, "more"], [.. network.ClassNames[1..], null!]])
        {
            var error = Assert.ThrowsExactly<ArgumentException>(() => network.Model.ToNir(classNames: names));
            StringAssert.Contains(error.Message, $"but the network has {network.Model.Classes} classes");
        }
    }

    [TestMethod]
    public void A_default_network_ends_in_its_spikes_and_says_why()
    {
        NirExport export = Trained.Fit(new Readout { HiddenUnits = 4, Dropout = 0 }, new RateCode(), new ColumnLayer { Columns = 4, NeuronsPerColumn = 10 }).Model.ToNir();
        CollectionAssert.AreEqual((string[])["Code", "Readout"], export.LeftOut.Select(part => part.Split(':')[0]).ToArray());
        StringAssert.Contains(export.LeftOut[0], "RateCode");
        StringAssert.Contains(export.LeftOut[1], "4 hidden units are a ReLU");
        Assert.AreEqual("n08_output", export.Graph.Nodes.Single(node => node.Value is NirOutput).Key);
        StringAssert.Contains(Trained.Fit(Trained.Linear, Trained.Plain with { Modulation = 0.1, Plasticity = new CorrelationStdp() }).Model.ToNir().LeftOut[1],
            "Modulation of layer 0 multiplies spikes");
    }

    [TestMethod]
    public void Its_spikes_come_out_in_the_order_of_the_neurons()
    {
        SpikingModel model = Trained.Fit(new Readout { HiddenUnits = 4, Dropout = 0 }, Trained.Plain).Model;
        float[] given = new NirSimulation(model.ToNir().Graph, 1e-4).Run(Held(2), Trained.Steps).Outputs["n08_output"];
        LayerRecording layer = new SpikeRecorder(model).Record(Trained.Features(2)).Layers[0];
        for (int i = 0; i < given.Length; i++) Assert.AreEqual(layer.Fired(i / 40, i % 40 / 10, i % 10) ? 1 : 0, given[i]);
        Assert.IsGreaterThan(50, given.Sum());
    }

    [TestMethod]
    public void More_neurons_than_can_be_joined_have_several_Outputs_and_a_warning()
    {
        SpikingModel small = Trained.Fit(new Readout { HiddenUnits = 4, Dropout = 0 }, Trained.Plain).Model;
        var wide = (ColumnLayer)small.Layers[0].Layer with { NeuronsPerColumn = 600 };
        NirExport export = (small with
        {
            Network = small.Network with { Layers = [wide] },
            Layers = [small.Layers[0] with { Layer = wide, InputWeights = [.. new float[4 * 600 * Trained.Inputs]] }],
        }).ToNir();
        CollectionAssert.AreEqual((string[])["n05_layer0_exc_output", "n06_layer0_inh_output"],
            export.Graph.Nodes.Where(node => node.Value is NirOutput).Select(node => node.Key).ToArray());
        StringAssert.Contains(export.Warnings.Single(), "2 Outputs, one for each population; snnTorch and Norse read graphs of one");
        Assert.AreEqual(0, export.Graph.ToSpikingModel(new()).Classes);
    }

    [TestMethod]
    public void What_cannot_be_exact_is_refused_by_its_name()
    {
        SpikingModel model = s_plain.Value.Model;
        Check(Trained.Plain with { Delays = [0, 2] }, "Layer 0 has Delays");
        Check(Trained.Plain with { Coupling = 0.5 }, "Layer 0 has Coupling");
        Check(Trained.Plain with { Recurrence = new Recurrence() }, "Layer 0 has Recurrence");
        Check(Trained.Plain with { Excitatory = new AdaptiveLifNeuron(), Inhibitory = new AdaptiveLifNeuron() }, "Layer 0 has neurons of type AdaptiveLifNeuron");
        Check(new ConvolutionLayer { Channels = 4 }, "Layer 0 is a ConvolutionLayer");

        void Check(Layer layer, string sentence)
        {
            var error = Assert.ThrowsExactly<NotSupportedException>(() => (model with
            {
                Input = InputShape.Intensities(3, 4),
                Network = model.Network with { Layers = [layer] },
                Layers = [model.Layers[0] with { Layer = layer }],
            }).ToNir());
            StringAssert.Contains(error.Message, sentence);
            Assert.IsTrue(Trouble.Onnx.Is(error));
        }
    }

    [TestMethod]
    public void A_reset_that_others_do_not_honour_is_warned_of()
    {
        var neuron = new LifNeuron { Threshold = 1, Reset = -0.5f };
        NirExport export = Trained.Fit(Trained.Linear, Trained.Plain with { Excitatory = neuron }).Model.ToNir();
        StringAssert.Contains(export.Warnings.Single(), "Layer 0 resets to -0.5; it is in the file, but snnTorch and Norse");
        Assert.AreEqual(-0.5, ((NirCubaLif)export.Graph.Nodes["n02_layer0_exc"]).VReset.Values[0]);
    }

    /// <summary>Rows whose spikes differ, and spikes that do.</summary>
    private static (int Rows, int Spikes) Differences(SpikingModel model, double timeStep, out int spikes)
    {
        NirGraph graph = model.ToNir(timeStep).Graph;
        var simulation = new NirSimulation(graph, timeStep);
        var recorder = new SpikeRecorder(model);
        int rows = 0, different = 0;
        spikes = 0;
        for (int row = 0; row < Trained.Rows; row++)
        {
            NirActivity activity = simulation.Run(Held(row), Trained.Steps);
            SpikeRecording recording = recorder.Record(Trained.Features(row));
            int before = different;
            for (int i = 0; i < model.Layers.Length; i++)
            {
                LayerRecording layer = recording.Layers[i];
                foreach (bool excitatory in (bool[])[true, false])
                {
                    int[] count = activity.SpikeCounts.Single(pair => pair.Key.EndsWith($"layer{i}_{(excitatory ? "exc" : "inh")}", StringComparison.Ordinal)).Value;
                    int own = excitatory ? layer.ExcitatoryNeurons : layer.NeuronsPerColumn - layer.ExcitatoryNeurons, first = excitatory ? 0 : layer.ExcitatoryNeurons;
                    for (int n = 0; n < count.Length; n++)
                    {
                        int fired = Enumerable.Range(0, layer.Steps).Count(step => layer.Fired(step, n / own, first + n % own));
                        (spikes, different) = (spikes + fired, different + Math.Abs(fired - count[n]));
                    }
                }
            }
            if (different > before) rows++;
        }
        return (rows, different);
    }

    private static float[] Held(int row) => [.. Enumerable.Repeat(Trained.Features(row), Trained.Steps).SelectMany(step => step)];
}
