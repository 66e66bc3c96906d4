using CsCheck;
using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Samples.Rhythms;
using Microsoft.ML.Transforms;
using Microsoft.ML.Transforms.Onnx;

namespace Microsoft.ML.Spiking.Tests.Onnx;

/// <summary>What ML.NET's own ConvertToOnnx makes of a network gives in ONNX Runtime what the network gives here.</summary>
[TestClass]
public class OnnxNetworkTests
{
    private static readonly MLContext s_ml = new(seed: 1);

    public TestContext TestContext { get; set; } = null!;

    /// <summary>Each code with which a network of pictures predicts without noise.</summary>
    public static IEnumerable<object[]> OfPictures =>
    [
        [new SpikingNetworkOptions()],
        [SpikingNetworkOptions.Reference],
        [SpikingNetworkOptions.Best],
        [new SpikingNetworkOptions { Network = new SpikingNetwork { Code = new DirectCode() } }],
        [new SpikingNetworkOptions { Network = new SpikingNetwork { Code = new LatencyCode() } }],
        [new SpikingNetworkOptions { Network = new SpikingNetwork { Code = new TopKCode() } }],
        [new SpikingNetworkOptions { Network = new SpikingNetwork { Code = new SequenceCode() } }],
        [new SpikingNetworkOptions { Network = new SpikingNetwork { Code = new DeltaCode() } }],
    ];

    [TestMethod]
    public void Any_network_without_noise_fires_and_answers_as_here()
    {
        int tried = 0;
        Property.ForAll(AnyTraining.Drawn, drawn =>
        {
            if (drawn.Options.Network is { EvaluationCode: TrainingCode, Code: null or { IsNoisy: true } }) return;
            OnnxGraphRun.AreSame(s_ml, s_ml.MulticlassClassification.Trainers.SpikingNetwork(drawn.Options).Fit(drawn.Data(s_ml)), drawn.Unlabelled(s_ml));
            tried++;
        }, times: 60);
        Assert.IsGreaterThan(20, tried);
    }

    [TestMethod]
    public void Any_convolutions_fire_as_here() => Property.ForAll(
        Gen.Select(Networks.Convolutional(Gen.Const((SpikeCode?)new DirectCode { Gain = 1 })), Gen.Int[2, 6], Gen.Int[4, 6], Gen.OneOf(Gen.Const<int[]>([]), Gen.Const<int[]>([2])), Gen.Bool), drawn =>
        {
            var (network, height, width, channels, behind) = drawn;
            InputShape input = InputShape.Intensities(behind ? [height, width, .. channels] : [.. channels, height, width]);
            IDataView rows = Rows(input.Dimensions.ToArray(), Random(rows: 9, input.Features));
            OnnxGraphRun.AreSame(s_ml, s_ml.Transforms.SpikingFeatures("Rates", "Features", Drawn.Model(network, ColumnNames.Default, seed: 1, input, FeatureStatistics.None) with
            {
                Standardisation = Standardisation.None,
            }).Fit(rows), rows);
        }, times: 40, text: drawn => Networks.Text(drawn.Item1));

    [TestMethod]
    [DataRow(3, WindowPooling.Concatenate)]
    [DataRow(3, WindowPooling.Maximum)]
    [DataRow(8, WindowPooling.Attention)]
    public void A_sequence_that_ends_early_ends_there_too(int windows, WindowPooling pooling)
    {
        const int Steps = 6, Inputs = 4;
        InputShape input = InputShape.Sequence(Steps, Inputs, Inputs);
        SpikingNetwork network = new() { Code = new SequenceCode(), Layers = [new ColumnLayer { Columns = 3, NeuronsPerColumn = 8, ExcitatoryGain = 2, Delays = [0, 2], Wiring = new WattsStrogatz { Neighbours = 2 } }], Readout = new Readout { Windows = windows, Pooling = pooling, TimeConstant = pooling == WindowPooling.Maximum ? 2 : null } };
        float[] rows = Random(Steps + 1, input.Features);
        for (int row = 0; row <= Steps; row++) rows.AsSpan(row * input.Features + row * Inputs, (Steps - row) * Inputs).Fill(float.NaN);   // row r has r steps
        IDataView data = Rows([Steps, Inputs], rows);
        OnnxGraphRun.AreSame(s_ml, s_ml.Transforms.SpikingFeatures("Rates", "Features", Drawn.Model(network, ColumnNames.Default, seed: 1, input, FeatureStatistics.None) with { Standardisation = Standardisation.None }).Fit(data), data);
    }

    [TestMethod]
    public void A_row_that_misses_a_feature_has_no_label_and_scores_that_are_no_numbers()
    {
        float[] rows = Random(rows: 4, Toy.Inputs);
        (rows[3], rows[Toy.Inputs], rows[3 * Toy.Inputs]) = (float.NaN, float.PositiveInfinity, float.NegativeInfinity);
        IDataView data = Rows([Toy.Inputs], rows);
        OnnxGraphRun.AreSame(s_ml, Toy.Trained, data);
        OnnxGraphRun.AreSame(s_ml, YesNo.Trained, data);
        using var graph = new OnnxGraphRun(s_ml, Toy.Trained, data);
        CollectionAssert.AreEqual((uint[])[0, 0, 3, 0], (uint[])graph.Run(data)["PredictedLabel"]);
    }

    [TestMethod]
    public void Yes_and_no_come_out_with_their_log_odds()
    {
        IDataView data = Rows([Toy.Inputs], [.. Toy.Samples(60).SelectMany(sample => sample.Features)]);
        OnnxGraphRun.AreSame(s_ml, YesNo.Trained, data);
    }

    [TestMethod]
    public void Features_that_come_in_another_order_are_found_by_their_names()
    {
        string[] names = [.. Enumerable.Range(0, Toy.Inputs).Select(i => $"x{i}")];
        SpikingNetworkTransformer named = new(s_ml, Toy.Trained.Model with { FeatureNames = [.. names] }, labels: null);
        IDataView data = Named(Random(rows: 5, Toy.Inputs), [.. names.Reverse()]);
        OnnxGraphRun.AreSame(s_ml, named, data);
    }

    [TestMethod]
    public void A_pipeline_around_the_network_goes_with_it_and_comes_back_by_ML_NETs_own_OnnxTransformer()
    {
        IDataView data = Rows([Toy.Inputs], [.. Toy.Samples(30).SelectMany(sample => sample.Features.Select(x => 100 * x))]);
        NormalizingTransformer scaled = s_ml.Transforms.NormalizeMinMax("Features", fixZero: true).Fit(data);
        ColumnCopyingTransformer answers = s_ml.Transforms.CopyColumns("Answer", "Score").Fit(Toy.Trained.Transform(scaled.Transform(data)));
        var pipeline = new TransformerChain<ITransformer>(scaled, Toy.Trained, answers);
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.onnx");
        try
        {
            using (FileStream file = File.Create(path)) s_ml.Model.ConvertToOnnx(pipeline, data, file);
            OnnxTransformer back = s_ml.Transforms.ApplyOnnxModel(path).Fit(data);
            float[] expected = [.. pipeline.Transform(data).GetColumn<VBuffer<float>>("Answer").SelectMany(row => row.DenseValues())];
            float[] actual = [.. back.Transform(data).GetColumn<VBuffer<float>>("Answer").SelectMany(row => row.DenseValues())];
            Assert.HasCount(expected.Length, actual);
            for (int i = 0; i < expected.Length; i++) Assert.AreEqual(expected[i], actual[i], 1e-5f);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <remarks>A graph adds currents up in another order, so that a membrane within a ten-millionth of its threshold may fall on its other side.</remarks>
    [TestMethod]
    [RequiresMnist]
    [DynamicData(nameof(OfPictures))]
    public void A_thousand_digits_are_read_as_here_but_for_a_spike_or_two(SpikingNetworkOptions options)
    {
        SpikingNetworkTransformer network = s_ml.MulticlassClassification.Trainers.SpikingNetwork(options with { Batches = 20 }).Fit(Mnist.Training(s_ml));
        IDataView digits = Rows([28, 28], [.. Mnist.Test(s_ml).GetColumn<VBuffer<float>>("Features").Take(1000).SelectMany(image => image.DenseValues())]);
        TestContext.WriteLine($"{options.Network.Code?.GetType().Name}, {options.Network.Layers.Length} layers of {options.Network.Layers[0].Groups} columns: {OnnxGraphRun.AreSame(s_ml, network, digits, mostOthers: 5)} rows of 1,000 are others");
    }

    [TestMethod]
    public void Rhythms_are_told_apart_as_here()
    {
        IDataView training = s_ml.Data.LoadFromEnumerable(RhythmRecording.Make(400, seed: 1));
        ValueToKeyMappingTransformer key = s_ml.Transforms.Conversion.MapValueToKey("Label", nameof(RhythmRecording.Class)).Fit(training);
        SpikingNetworkTransformer network = s_ml.MulticlassClassification.Trainers.SpikingNetwork(RhythmNetwork.Options with { Epochs = 2 }).Fit(key.Transform(training));
        IDataView unseen = s_ml.Data.LoadFromEnumerable(RhythmRecording.Make(400, seed: 2).Select(recording => new Heard { Spikes = recording.Spikes }));
        TestContext.WriteLine($"{OnnxGraphRun.AreSame(s_ml, network, unseen, mostOthers: 2)} rows of 400 are others");
    }

    private static float[] Random(int rows, int width)
    {
        CounterRandom random = CounterRandom.FromSeed(5);
        return [.. Enumerable.Range(0, rows * width).Select(i => (float)random.Uniform((ulong)i))];
    }

    private static IDataView Rows(int[] dimensions, float[] numbers)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, dimensions);
        return s_ml.Data.LoadFromEnumerable(numbers.Chunk(dimensions.Aggregate((a, b) => a * b)).Select(features => new Row { Features = features }).ToArray(), schema);
    }

    private static IDataView Named(float[] numbers, string[] names)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, names.Length);
        schema[nameof(Row.Features)].AddAnnotation("SlotNames", new VBuffer<ReadOnlyMemory<char>>(names.Length, [.. names.Select(name => name.AsMemory())]), new VectorDataViewType(TextDataViewType.Instance, names.Length));
        return s_ml.Data.LoadFromEnumerable(numbers.Chunk(names.Length).Select(features => new Row { Features = features }).ToArray(), schema);
    }

    private sealed class Heard
    {
        [VectorType(Rhythm.Steps, Rhythm.Inputs)]
        public bool[] Spikes { get; set; } = [];
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];
    }
}
