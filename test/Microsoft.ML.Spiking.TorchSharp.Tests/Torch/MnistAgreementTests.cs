using Microsoft.ML.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Tests.Torch;

[TestClass]
public class MnistAgreementTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [RequiresMnist]
    [DataRow("default")]
    [DataRow("reference")]
    public void Managed_scoring_and_the_torch_network_agree_on_a_thousand_digits(string preset)
    {
        LibTorch.EnsureLoaded();
        SpikingNetworkOptions options = preset == "reference" ? SpikingNetworkOptions.Reference : new();
        var ml = new MLContext(seed: 1);
        SpikingModel model = ml.MulticlassClassification.Trainers.SpikingNetwork(options with { Batches = 30 }).Fit(ml.Data.TakeRows(Mnist.Training(ml), 4000)).Model;
        float[] x = [.. ml.Data.TakeRows(Mnist.Test(ml), 1000).GetColumn<float[]>("Features").SelectMany(row => row)];

        float[] managed = new float[1000 * model.Classes], rates = new float[1000 * model.Network.ColumnLayers[0].Columns];
        new SpikingScorer(model).Run(new IntensityBatch(x, model.Input.Inputs), 1000, managed, rates);
        float[] torch = TorchLogits(model, x);

        int different = 0;
        for (int row = 0; row < 1000; row++)
        {
            ReadOnlySpan<float> ours = managed.AsSpan(row * model.Classes, model.Classes), theirs = torch.AsSpan(row * model.Classes, model.Classes);
            int label = Largest(ours);
            if (label == Largest(theirs)) continue;
            different++;
            // A sum in another order may carry a membrane over its threshold; one spike more or less decides only where two classes are level.
            Assert.AreEqual(theirs[Largest(theirs)], theirs[label], 0.05f, $"Digit {row} differs in more than rounding explains.");
        }
        double largest = managed.Zip(torch, (a, b) => Math.Abs(a - b)).Max();
        TestContext.WriteLine($"{different} of 1000 labels differ; largest difference of a logit {largest:G3}");
        Assert.IsLessThanOrEqualTo(1, different);
    }

    private static float[] TorchLogits(SpikingModel model, float[] x)
    {
        using var scope = NewDisposeScope();
        using var network = new NetworkTensors(model.Network, model.Input.Inputs, model.Classes, seed: 1, CPU);
        network.Layers[0].Topology.Set(model.Layers[0].Topology.ToAdjacency());
        network.Layers[0].InterWeights.Set([.. model.Layers[0].InterWeights]);
        network.HiddenWeight!.Set([.. model.HiddenWeights]);
        network.HiddenBias!.Set([.. model.HiddenBias]);
        network.OutputWeight.Set([.. model.OutputWeights]);
        network.OutputBias.Set([.. model.OutputBias]);
        network.Layers[0].Plasticity.AverageRate.Set([.. model.Layers[0].AverageRate]);
        network.Layers[0].Plasticity.TargetRate.fill_(model.Layers[0].TargetRate);
        network.InputScale?.Set([.. model.InputScale]);
        using var columns = new TorchEngine(model.Network, [[.. model.Layers[0].InputWeights]], model.Input.Inputs, samples: null, CPU);
        using var standardisation = new StandardisationTensors(model.Standardisation, CPU);
        var learner = new Learner(network, new SpikingNetworkOptions(), columns);

        var logits = new List<float>();
        foreach (float[] chunk in x.Chunk(250 * model.Input.Inputs))
        {
            using var chunkScope = NewDisposeScope();
            Tensor p = model.Network.ChosenCode.Probability(standardisation.Apply(tensor(chunk, [250, model.Input.Inputs])), network.InputScale?.detach());
            logits.AddRange(learner.Evaluate(columns.RunConstant(network, model.Network.EvaluationCode.Encode(p))).Logits.Read());
        }
        return [.. logits];
    }

    private static int Largest(ReadOnlySpan<float> values)
    {
        int best = 0;
        for (int i = 1; i < values.Length; i++)
            if (values[i] > values[best]) best = i;
        return best;
    }
}
