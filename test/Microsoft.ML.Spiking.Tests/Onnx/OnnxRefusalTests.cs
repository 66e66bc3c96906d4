using System.Text;

namespace Microsoft.ML.Spiking.Tests.Onnx;

/// <summary>What ONNX cannot be exactly is refused by its name, and nothing is written.</summary>
[TestClass]
public class OnnxRefusalTests
{
    private static readonly MLContext s_ml = new(seed: 1);
    private static readonly IDataView s_data = Toy.Data(s_ml);

    [TestMethod]
    public void Noise_that_is_drawn_for_every_row()
    {
        Refuses("EvaluationCode is TrainingCode, whose RateCode draws noise for every row, which ONNX cannot repeat; export a network that predicts without noise, EvaluationCode = new ExpectedCode().",
            Network(Toy.Trained.Model with { Network = Toy.Trained.Model.Network with { EvaluationCode = new TrainingCode() } }));
        Refuses("A PoissonEncoding draws noise for every row, which ONNX cannot repeat; leave it out, and let the network encode intensities itself, by RateCode.",
            s_ml.Transforms.PoissonEncoding("Spikes", "Features", seed: 1).Fit(s_data));
        Refuses("A WinnerTakeAll layer draws noise for every row, which ONNX cannot repeat; keep its model.zip, which needs no native library.",
            s_ml.MulticlassClassification.Trainers.WinnerTakeAll(neurons: 3, epochs: 1).Fit(s_data));
        Refuses("A WinnerTakeAll layer draws noise for every row, which ONNX cannot repeat; keep its model.zip, which needs no native library.",
            s_ml.Transforms.WinnerTakeAllFeatures("Spikes", "Features", neurons: 3, epochs: 1).Fit(s_data));
    }

    [TestMethod]
    public void What_a_prediction_costs_here()
        => Refuses("'Cost' says what a prediction costs here, which is not what it costs in ONNX; export the network without it, SpikingNetworkTransformer.WithCost(null).", Toy.Trained.WithCost());

    [TestMethod]
    public void A_loop_where_MLNETs_converter_takes_none()
    {
        NotSupportedException refusal = Assert.ThrowsExactly<NotSupportedException>(() => new OnnxBody("Scan").AddTo(new StringBuilder()));
        StringAssert.StartsWith(refusal.Message, "So many time steps go to ONNX as a loop, which System.Private.CoreLib ");
        StringAssert.EndsWith(refusal.Message, Trouble.Onnx.Says(" does not take; use Microsoft.ML.OnnxConverter 0.23.1, or train the network with 128 TimeSteps at most."));
    }

    private static SpikingNetworkTransformer Network(SpikingModel model) => new(s_ml, model, labels: null);

    private static void Refuses(string sentence, ITransformer model)
    {
        using var graph = new MemoryStream();
        NotSupportedException refusal = Assert.ThrowsExactly<NotSupportedException>(() => s_ml.Model.ConvertToOnnx(model, s_data, graph));
        Assert.AreEqual(Trouble.Onnx.Says(sentence), refusal.Message);
        Assert.AreEqual(0, graph.Length);
    }
}
