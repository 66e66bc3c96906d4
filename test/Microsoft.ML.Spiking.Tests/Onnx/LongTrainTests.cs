using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Onnx;

/// <summary>Networks of many time steps go to ONNX as a loop, and do in ONNX Runtime what they do here.</summary>
[TestClass]
public class LongTrainTests
{
    private const int Inputs = 12, Classes = 3;

    private static readonly MLContext s_ml = new(seed: 1);

    private static readonly ColumnLayer s_columns = new() { Columns = 4, NeuronsPerColumn = 8, ExcitatoryGain = 2, Wiring = new WattsStrogatz { Neighbours = 2 } };

    private static readonly AdaptiveLifNeuron s_adaptive = new() { Threshold = 0.5f };

    /// <summary>What a graph can have that goes on from step to step.</summary>
    public static IEnumerable<object[]> OfTrains =>
    [
        ["columns", new SpikingNetwork { Layers = [s_columns] }],
        ["adaptive neurons in two layers, both read", new SpikingNetwork
        {
            Layers = [s_columns with { Excitatory = s_adaptive, Inhibitory = s_adaptive }, s_columns with { Columns = 3 }], Readout = new Readout { Layers = ReadLayers.All, HiddenUnits = 16 },
        }],
        ["neurons that hear each other, and delays", new SpikingNetwork { Layers = [s_columns with { Coupling = 0.3, Recurrence = new Recurrence(), Delays = [0, 7, 200] }] }],
        ["windows that forget", new SpikingNetwork { Layers = [s_columns], Readout = new Readout { Windows = 7, TimeConstant = 30 } }],
        ["convolutions", new SpikingNetwork { Layers = [new ConvolutionLayer { Channels = 4, KernelWidth = 1, KernelHeight = 3, PoolingWidth = 1, Neuron = s_adaptive }, s_columns] }],
    ];

    /// <summary>What is shown for as many steps, and how.</summary>
    public static IEnumerable<object[]> OfIntensities =>
    [
        [new RateCode { MaximumProbability = 0.2 }, new Readout { Windows = 3 }],
        [new LatencyCode(), new Readout { TimeConstant = 40 }],
        [new SequenceCode(), new Readout { Windows = 3, TimeConstant = 40 }],
        [new DeltaCode(), new Readout { Windows = 3 }],
    ];

    [TestMethod]
    [DynamicData(nameof(OfTrains))]
    public void Five_hundred_steps_of_spikes(string name, SpikingNetwork network) => Fires_as_here(name, network, steps: 500);

    [TestMethod]
    [DynamicData(nameof(OfTrains))]
    public void A_thousand_steps_of_spikes(string name, SpikingNetwork network) => Fires_as_here(name, network, steps: 1000);

    /// <remarks>Sequences end early, each row's somewhere else.</remarks>
    [TestMethod]
    [DynamicData(nameof(OfIntensities))]
    public void Three_hundred_steps_of_intensities(SpikeCode code, Readout readout)
    {
        const int Steps = 300, Rows = 100;
        bool isSequence = code is SequenceCode or DeltaCode;
        var network = new SpikingNetwork { Code = code, Layers = [s_columns with { Delays = [0, 5] }], Readout = readout with { HiddenUnits = 16 } };
        int width = isSequence ? Steps * Inputs : Inputs;
        CounterRandom random = CounterRandom.FromSeed(4);
        Row[] rows = [.. Enumerable.Range(0, Rows).Select(row => new Row
        {
            Class = (uint)(row % Classes + 1),
            Intensities = [.. Enumerable.Range(0, width).Select(i => isSequence && i >= (row + 1) * Steps / Rows * Inputs ? float.NaN : (float)random.For((ulong)row).Uniform((ulong)i))],
        })];
        int[] dimensions = isSequence ? [Steps, Inputs] : [Inputs];
        SpikingNetworkTransformer trained = Trained(isSequence ? network : network with { TimeSteps = Steps }, View(rows, dimensions, isTrain: false, hasClass: true));
        OnnxGraphRun.IsSame(s_ml, trained, View(rows, dimensions, isTrain: false, hasClass: false));
    }

    [TestMethod]
    public void Beyond_128_steps_there_is_a_loop_and_up_to_them_none()
    {
        foreach (int steps in (int[])[128, 129])
        {
            Row[] rows = Trains(rows: 6, steps);
            SpikingNetworkTransformer trained = Trained(new SpikingNetwork { Layers = [s_columns] }, View(rows, [steps, Inputs], isTrain: true, hasClass: true));
            using var graph = new OnnxGraphRun(s_ml, trained, View(rows, [steps, Inputs], isTrain: true, hasClass: false));
            Assert.AreEqual(steps > 128, graph.IsLoop);
        }
    }

    [TestMethod]
    public void A_loop_comes_back_by_ML_NETs_own_OnnxTransformer()
    {
        const int Steps = 200;
        Row[] rows = Trains(rows: 30, Steps);
        IDataView data = View(rows, [Steps, Inputs], isTrain: true, hasClass: false);
        SpikingNetworkTransformer trained = Trained(new SpikingNetwork { Layers = [s_columns] }, View(rows, [Steps, Inputs], isTrain: true, hasClass: true));
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.onnx");
        try
        {
            using (FileStream file = File.Create(path)) s_ml.Model.ConvertToOnnx(trained, data, file);
            IDataView back = s_ml.Transforms.ApplyOnnxModel(path).Fit(data).Transform(data);
            float[] expected = [.. trained.Transform(data).GetColumn<float[]>("Score").SelectMany(score => score)];
            float[] actual = [.. back.GetColumn<float[]>("Score").SelectMany(score => score)];
            Assert.HasCount(rows.Length * Classes, actual);
            for (int i = 0; i < expected.Length; i++) Assert.AreEqual(expected[i], actual[i], 1e-5f);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void Fires_as_here(string name, SpikingNetwork network, int steps)
    {
        Row[] rows = Trains(rows: 200, steps);
        SpikingNetworkTransformer trained = Trained(network, View(rows, [steps, Inputs], isTrain: true, hasClass: true));
        IDataView unlabelled = View(rows, [steps, Inputs], isTrain: true, hasClass: false);
        float[] rates = [.. trained.Transform(unlabelled).GetColumn<float[]>("SpikeRate").SelectMany(rate => rate)];
        Assert.IsGreaterThan(rates.Length / 2, rates.Count(rate => rate > 0.01f), $"{name}: what does not fire proves nothing");
        OnnxGraphRun.IsSame(s_ml, trained, unlabelled);
    }

    private static SpikingNetworkTransformer Trained(SpikingNetwork network, IDataView data)
        => s_ml.MulticlassClassification.Trainers.SpikingNetwork(new SpikingNetworkOptions { Network = network, LabelColumnName = "Class", Batches = 2, BatchSize = 32, Seed = 1 }).Fit(data);

    /// <summary>Inputs that fire now and then, of each class others more often.</summary>
    private static Row[] Trains(int rows, int steps)
    {
        CounterRandom random = CounterRandom.FromSeed(3);
        return [.. Enumerable.Range(0, rows).Select(row => new Row
        {
            Class = (uint)(row % Classes + 1),
            Spikes = [.. Enumerable.Range(0, steps * Inputs).Select(i => random.For((ulong)row).Uniform((ulong)i) < (i % Inputs % Classes == row % Classes ? 0.2 : 0.05))],
        })];
    }

    private static IDataView View(Row[] rows, int[] dimensions, bool isTrain, bool hasClass)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Row));
        schema.Remove(schema[isTrain ? nameof(Row.Intensities) : nameof(Row.Spikes)]);
        if (!hasClass) schema.Remove(schema[nameof(Row.Class)]);
        SchemaDefinition.Column features = schema[isTrain ? nameof(Row.Spikes) : nameof(Row.Intensities)];
        (features.ColumnName, features.ColumnType) = ("Features", new VectorDataViewType(isTrain ? BooleanDataViewType.Instance : NumberDataViewType.Single, dimensions));
        return s_ml.Data.LoadFromEnumerable(rows, schema);
    }

    private sealed class Row
    {
        [KeyType(Classes)]
        public uint Class { get; set; }

        public float[] Intensities { get; set; } = [];

        public bool[] Spikes { get; set; } = [];
    }
}
