namespace Microsoft.ML.Spiking.Tests.Managed;

[TestClass]
public class ManagedLearnerTests
{
    public static IEnumerable<object[]> Training => GoldenFile.Of("network_training");

    [TestMethod]
    [DynamicData(nameof(Training))]
    public void Whole_training_steps_follow_the_reference(string name)
    {
        GoldenFile file = GoldenFile.Open(name);
        SpikingNetworkOptions options = file.Options();
        NetworkArrays network = Network(file);
        var columns = new CpuEngine(options.Network, [file.ColumnWeights()], file.Inputs(), new SampleEncoder(options.Network, Standardisation.None, default), samples: null, options.Network.TimeSteps);
        var learner = new ManagedLearner(network, options, columns);
        GradientDescent descent = network.Descent(options.Optimiser, total: 10);
        int batch = file.Integer("parameters.batch");
        int[] labels = [.. file.Array("inputs.labels").Select(label => (int)label)];
        float[] interWeights = file.Array("inputs.inter_weights"), hiddenWeight = file.Array("inputs.readout_0_weight");
        float[] goldenInterWeights = interWeights, goldenHiddenWeight = hiddenWeight;
        int step = 0;
        foreach (GoldenFile expected in file.Items("expected"))
        {
            double[] rates = descent.LearningRates;
            Close.Values(expected.Array("learning_rates"), [(float)rates[0], (float)rates[2], (float)rates[1]], "learning rates");

            StepOutcome result = learner.Learn(columns.Run(network, Stimuli(file, step), batch), labels[(step * batch)..((step + 1) * batch)]);
            Close.Values(expected.Array("logits"), result.Logits, "logits");
            Close.Values(expected.Array("column_rates"), result.ColumnRates, "column rates");
            Close.Values([(float)expected.Number("cross_entropy")], [(float)result.CrossEntropy], "cross entropy");
            Close.Values([(float)expected.Number("rate_loss")], result.RateLosses, "rate loss");
            Close.Values([(float)expected.Number("total_loss")], [(float)result.Loss], "loss");
            Close.Changes([(float)expected.Number("gradient_norm")], [(float)descent.GradientNorm()], "gradient norm");
            Close.Changes(expected.Array("grad_inter_weights"), network.Layers[0].InterWeights.Gradient.Span.ToArray(), "gradient of the weights between columns");
            Close.Changes(expected.Array("grad_readout_0_weight"), network.HiddenWeight!.Gradient.Span.ToArray(), "gradient of the hidden layer");

            descent.Step();
            CheckPlasticity(expected, "after_", network);
            Changes(goldenInterWeights, expected.Array("after_inter_weights"), interWeights, network.Layers[0].InterWeights.Weights.Span.ToArray(), "weights between columns");
            Changes(goldenHiddenWeight, expected.Array("after_readout_0_weight"), hiddenWeight, network.HiddenWeight.Weights.Span.ToArray(), "weights of the hidden layer");
            Close.Values(expected.Array("after_readout_3_bias"), network.OutputBias.Weights.Span.ToArray(), "biases of the output layer");
            Close.Values(expected.Array("after_input_scale"), network.InputScale!.Weights.Span.ToArray(), "input scale");
            Close.Values(expected.Array("after_spike_rate_avg"), network.Layers[0].Plasticity.AverageRate, "average rate");
            Close.Values([(float)expected.Number("after_target_rate")], [network.Layers[0].Plasticity.TargetRate], "target rate");
            Assert.AreEqual(expected.Integer("after_training_step"), learner.Step);
            (goldenInterWeights, goldenHiddenWeight) = (expected.Array("after_inter_weights"), expected.Array("after_readout_0_weight"));
            (interWeights, hiddenWeight) = (network.Layers[0].InterWeights.Weights.Span.ToArray(), network.HiddenWeight.Weights.Span.ToArray());
            step++;
        }
        Assert.AreEqual(file.Shape("inputs.input_spikes")[0], step);
    }

    private static void CheckPlasticity(GoldenFile file, string prefix, NetworkArrays network)
    {
        CollectionAssert.AreEqual(file.Array(prefix + "topology"), network.Layers[0].Topology, "topology");
        Close.Values(file.Array(prefix + "inter_weights"), network.Layers[0].InterWeights.Weights.Span.ToArray(), "weights between columns");
        Close.Values(file.Array(prefix + "potential"), network.Layers[0].Plasticity.Potential, "potential");
        Close.Values(file.Array(prefix + "usage"), network.Layers[0].Plasticity.Usage, "usage");
        Close.Values(file.Array(prefix + "pre_trace"), network.Layers[0].Plasticity.PreTrace, "presynaptic trace");
        Close.Values(file.Array(prefix + "post_trace"), network.Layers[0].Plasticity.PostTrace, "postsynaptic trace");
    }

    /// <summary>Compares how far weights moved, each from its own start.</summary>
    private static void Changes(float[] goldenBefore, float[] goldenAfter, float[] before, float[] after, string what)
        => Close.Changes([.. goldenAfter.Zip(goldenBefore, (a, b) => a - b)], [.. after.Zip(before, (a, b) => a - b)], "change of the " + what);

    /// <summary>The network that a golden file starts from.</summary>
    private static NetworkArrays Network(GoldenFile file)
    {
        var network = new NetworkArrays(file.Options().Network, file.Inputs(), file.Integer("parameters.classes"), seed: 1);
        void Set(TrainedArray array, string name) => file.Array($"inputs.{name}").CopyTo(array.Weights.Span);
        Set(network.InputScale!, "input_scale");
        file.Array("inputs.topology").CopyTo(network.Layers[0].Topology, 0);
        Set(network.Layers[0].InterWeights, "inter_weights");
        Set(network.HiddenWeight!, "readout_0_weight");
        Set(network.HiddenBias!, "readout_0_bias");
        Set(network.OutputWeight, "readout_3_weight");
        Set(network.OutputBias, "readout_3_bias");
        return network;
    }

    private static List<Stimulus> Stimuli(GoldenFile file, int step)
    {
        float[] spikes = file.Array("inputs.input_spikes");
        int steps = file.Integer("parameters.time_steps"), batch = file.Integer("parameters.batch"), inputs = file.Inputs();
        var stimuli = new List<Stimulus>();
        for (int sample = 0; sample < batch; sample++)
        {
            var stimulus = new Stimulus(steps);
            SpikeTrain train = stimulus.Fire();
            for (int t = 0; t < steps; t++)
            {
                for (int i = 0; i < inputs; i++)
                    if (spikes[((step * steps + t) * batch + sample) * inputs + i] == 1) train.Add(i);
                train.NextStep();
            }
            stimuli.Add(stimulus);
        }
        return stimuli;
    }
}
