using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Tests.Torch;

[TestClass]
public class LearnerTests
{
    public static IEnumerable<object[]> Training => GoldenFile.Of("network_training");

    public static IEnumerable<object[]> Evaluation => GoldenFile.Of("network_evaluation");

    public static IEnumerable<object[]> EvaluationWithPlasticity => GoldenFile.Of("network_evaluation_with_plasticity");

    [TestMethod]
    [DynamicData(nameof(Training))]
    public void Whole_training_steps_of_the_torch_engine_follow_the_reference(string name)
    {
        GoldenFile file = GoldenFile.Open(name);
        using var scope = NewDisposeScope();
        using var columns = new TorchEngine(file.Options().Network, [file.ColumnWeights()], file.Inputs(), samples: null, CPU);
        Tensor spikes = file.Tensor("inputs.input_spikes");
        Follow(file, columns, (network, step) => columns.Run(network, spikes[step]));
    }

    [TestMethod]
    [DynamicData(nameof(Evaluation))]
    public void Evaluation_follows_the_reference_and_changes_nothing(string name)
    {
        GoldenFile file = GoldenFile.Open(name);
        using var scope = NewDisposeScope();
        using NetworkTensors network = EvaluationNetwork(file);
        using var columns = new TorchEngine(file.Options().Network, [file.ColumnWeights()], file.Inputs(), samples: null, CPU);
        var learner = new Learner(network, file.Options(), columns);

        var (logits, columnRates) = learner.Evaluate(columns.RunConstant(network, Input(file, network)));
        Close.Values(file.Array("expected.logits"), logits.Read(), "logits");
        Close.Values(file.Array("expected.column_rates"), columnRates.Read(), "column rates");
        Close.Values(file.Array("inputs.inter_weights"), network.Layers[0].InterWeights.Read(), "weights between columns");
        Assert.AreEqual(0, learner.Step);
    }

    [TestMethod]
    [DynamicData(nameof(EvaluationWithPlasticity))]
    public void Evaluation_with_plasticity_moves_the_connections_alone(string name)
    {
        GoldenFile file = GoldenFile.Open(name);
        using var scope = NewDisposeScope();
        using NetworkTensors network = EvaluationNetwork(file);
        using var columns = new TorchEngine(file.Options().Network, [file.ColumnWeights()], file.Inputs(), samples: null, CPU);
        var learner = new Learner(network, file.Options(), columns);

        var (logits, columnRates) = learner.EvaluateAndAdapt(columns.RunConstant(network, Input(file, network)));
        Close.Values(file.Array("expected.logits"), logits.Read(), "logits");
        Close.Values(file.Array("expected.column_rates"), columnRates.Read(), "column rates");
        CheckPlasticity(file, "expected.", network);
        Changes(file.Array("inputs.inter_weights"), file.Array("expected.inter_weights"), network.Layers[0].InterWeights, "weights between columns");
        Close.Values([(float)file.Number("expected.target_rate")], network.Layers[0].Plasticity.TargetRate.Read(), "target rate");
        Close.Values(file.Array("inputs.spike_rate_avg"), network.Layers[0].Plasticity.AverageRate.Read(), "average rate");
        Assert.AreEqual(file.Integer("expected.training_step"), learner.Step);
    }

    private static NetworkTensors EvaluationNetwork(GoldenFile file)
    {
        NetworkTensors network = file.Network();
        network.Layers[0].Plasticity.AverageRate.Set(file.Array("inputs.spike_rate_avg"));
        network.Layers[0].Plasticity.TargetRate.fill_(file.Number("inputs.target_rate"));
        return network;
    }

    private static void Follow(GoldenFile file, TorchEngine columns, Func<NetworkTensors, int, IReadOnlyList<LayerPass>> run)
    {
        using NetworkTensors network = file.Network();
        var learner = new Learner(network, file.Options(), columns);
        using var descent = network.Descent(file.Options().Optimiser, total: 10);
        Tensor labels = file.Tensor("inputs.labels").to_type(int64);
        float[] interWeights = file.Array("inputs.inter_weights"), hiddenWeight = file.Array("inputs.readout_0_weight");
        float[] goldenInterWeights = interWeights, goldenHiddenWeight = hiddenWeight;
        int step = 0;
        foreach (GoldenFile expected in file.Items("expected"))
        {
            double[] rates = descent.LearningRates;
            Close.Values(expected.Array("learning_rates"), [(float)rates[0], (float)rates[2], (float)rates[1]], "learning rates");

            StepResult result = learner.Learn(run(network, step), labels[step]);
            Close.Values(expected.Array("logits"), result.Logits.Read(), "logits");
            Close.Values(expected.Array("column_rates"), result.ColumnRates.Read(), "column rates");
            Close.Values([(float)expected.Number("cross_entropy")], result.CrossEntropy().Read(), "cross entropy");
            Close.Values([(float)expected.Number("rate_loss")], OneStep.RateLoss(network.Layers[0], result.ColumnRates).Read(), "rate loss");
            Close.Values([(float)expected.Number("total_loss")], OneStep.LossOf(network, result, new TrainingRecipe(), steps: 0).Read(), "loss");
            Close.Changes([(float)expected.Number("gradient_norm")], descent.GradientNorm().Read(), "gradient norm");
            Close.Changes(expected.Array("grad_inter_weights"), network.Layers[0].InterWeights.grad!.Read(), "gradient of the weights between columns");
            Close.Changes(expected.Array("grad_readout_0_weight"), network.HiddenWeight!.grad!.Read(), "gradient of the hidden layer");

            descent.Step();
            CheckPlasticity(expected, "after_", network);
            Changes(goldenInterWeights, expected.Array("after_inter_weights"), interWeights, network.Layers[0].InterWeights, "weights between columns");
            Changes(goldenHiddenWeight, expected.Array("after_readout_0_weight"), hiddenWeight, network.HiddenWeight, "weights of the hidden layer");
            Close.Values(expected.Array("after_readout_3_bias"), network.OutputBias.Read(), "biases of the output layer");
            Close.Values(expected.Array("after_input_scale"), network.InputScale!.Read(), "input scale");
            Close.Values(expected.Array("after_spike_rate_avg"), network.Layers[0].Plasticity.AverageRate.Read(), "average rate");
            Close.Values([(float)expected.Number("after_target_rate")], network.Layers[0].Plasticity.TargetRate.Read(), "target rate");
            Assert.AreEqual(expected.Integer("after_training_step"), learner.Step);
            (goldenInterWeights, goldenHiddenWeight) = (expected.Array("after_inter_weights"), expected.Array("after_readout_0_weight"));
            (interWeights, hiddenWeight) = (network.Layers[0].InterWeights.Read(), network.HiddenWeight.Read());
            step++;
        }
        Assert.AreEqual(file.Shape("inputs.input_spikes")[0], step);
    }

    private static void CheckPlasticity(GoldenFile file, string prefix, NetworkTensors network)
    {
        CollectionAssert.AreEqual(file.Array(prefix + "topology"), network.Layers[0].Topology.Read(), "topology");
        Close.Values(file.Array(prefix + "inter_weights"), network.Layers[0].InterWeights.Read(), "weights between columns");
        Close.Values(file.Array(prefix + "potential"), network.Layers[0].Plasticity.Potential.Read(), "potential");
        Close.Values(file.Array(prefix + "usage"), network.Layers[0].Plasticity.Usage.Read(), "usage");
        Close.Values(file.Array(prefix + "pre_trace"), network.Layers[0].Plasticity.PreTrace.Read(), "presynaptic trace");
        Close.Values(file.Array(prefix + "post_trace"), network.Layers[0].Plasticity.PostTrace.Read(), "postsynaptic trace");
    }

    private static void Changes(float[] before, float[] expected, Tensor after, string what) => Changes(before, expected, before, after, what);

    /// <summary>Compares how far weights moved, each from its own start.</summary>
    private static void Changes(float[] goldenBefore, float[] goldenAfter, float[] before, Tensor after, string what)
        => Close.Changes([.. goldenAfter.Zip(goldenBefore, (a, b) => a - b)], [.. after.Read().Zip(before, (a, b) => a - b)], "change of the " + what);

    private static Tensor Input(GoldenFile file, NetworkTensors network)
    {
        return network.Network.EvaluationCode.Encode(network.Network.ChosenCode.Probability(file.Tensor("inputs.x"), network.InputScale));
    }
}
