using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.Spiking.Tests.Transforms;

/// <summary>What cannot be exported to ONNX refuses, as ML.NET's custom mapping does, and writes nothing.</summary>
[TestClass]
public class OnnxTests
{
    private static readonly MLContext s_ml = new(seed: 1);
    private static readonly SpikingModel s_model = GoldenFile.OpenOwn("network_evaluation").Model();
    private static readonly IDataView s_data = Rows();

    public static IEnumerable<object[]> Ours => [[Network()], [Rates()], [Spikes()], [Winners()], [WinnersSpikes()], [Pipeline()]];

    [TestMethod]
    [DynamicData(nameof(Ours))]
    public void Every_transformer_of_ours_is_refused_in_the_words_for_a_custom_mapping(ITransformer model)
        => Assert.AreEqual(Refusal(s_ml.Transforms.CustomMapping<Row, Doubled>((row, doubled) => doubled.First = 2 * row.Features[0], contractName: null).Fit(s_data)), Refusal(model));

    [TestMethod]
    public void What_is_ML_NETs_own_is_exported()
    {
        using var graph = new MemoryStream();
        s_ml.Model.ConvertToOnnx(s_ml.Transforms.NormalizeMinMax("Features").Fit(s_data), s_data, graph);
        Assert.IsGreaterThan(0, graph.Length);
    }

    private static SpikingNetworkTransformer Network() => new(s_ml, s_model, labels: null);

    private static SpikingFeaturesTransformer Rates() => s_ml.Transforms.SpikingFeatures("Rates", "Features", s_model).Fit(s_data);

    private static PoissonEncodingTransformer Spikes() => s_ml.Transforms.PoissonEncoding("Spikes", "Features", seed: 1).Fit(s_data);

    private static WinnerTakeAllFeaturesTransformer WinnersSpikes()
        => new(s_ml, "Spikes", Winners().Model with { Classes = 0, ClassSpikes = [], ClassShares = [] });

    private static WinnerTakeAllTransformer Winners()
    {
        WinnerTakeAllTransformer trained = s_ml.MulticlassClassification.Trainers.WinnerTakeAll(neurons: 3, epochs: 1).Fit(Toy.Data(s_ml));
        int inputs = s_model.Input.Inputs;
        return new(s_ml, trained.Model with { Input = s_model.Input, Weights = [.. new float[3 * inputs]] }, labels: null);
    }

    private static TransformerChain<ITransformer> Pipeline()
    {
        var first = s_ml.Transforms.NormalizeMinMax("Features").Fit(s_data);
        var last = s_ml.Transforms.CopyColumns("Answer", "PredictedLabel").Fit(Network().Transform(s_data));
        return new TransformerChain<ITransformer>(first, Network(), last);
    }

    private static string Refusal(ITransformer model)
    {
        using var graph = new MemoryStream();
        string words = Assert.ThrowsExactly<InvalidOperationException>(() => s_ml.Model.ConvertToOnnx(model, s_data, graph)).Message;
        Assert.AreEqual(0, graph.Length);
        StringAssert.Contains(words, "can not be fully converted into a well-defined ONNX model");
        return words;
    }

    private static IDataView Rows()
    {
        var definition = SchemaDefinition.Create(typeof(Row));
        definition["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, s_model.Input.Inputs);
        return s_ml.Data.LoadFromEnumerable([new Row { Features = new float[s_model.Input.Inputs] }], definition);
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];
    }

    private sealed class Doubled
    {
        public float First { get; set; }
    }
}
