using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Fitting;

/// <summary>Every code can be learnt through, and a saved model sees what the trained one saw.</summary>
[TestClass]
public class CodeTrainingTests
{
    private const int Rows = 90, Unseen = 90, Steps = 12;

    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Codes =>
    [
        [new RateCode(), new TrainingCode { Seed = 3 }],
        [new SigmoidCode(), new ExpectedCode()],
        [new SigmoidCode(), new DeterministicCode { Fraction = 0.3, MinimumProbability = 0.2 }],
        [new DirectCode(), new ExpectedCode()],
        [new LatencyCode { MinimumIntensity = 0.3 }, new TrainingCode()],
        [new TopKCode { Fraction = 0.3 }, new ExpectedCode()],
    ];

    [TestMethod]
    [DynamicData(nameof(Codes))]
    public void Classes_are_told_apart_through_every_code(SpikeCode code, EvaluationCode evaluation)
    {
        Sample[] samples = Toy.Samples(Rows + Unseen);
        // Gains that let columns fire on a single spike an input.
        SpikingNetworkOptions options = Toy.Able with { Network = Toy.Able.Network.EachLayer(layer => layer with { ExcitatoryGain = 1.5, InhibitoryGain = 1.5 }) with { Code = code, EvaluationCode = evaluation }, Batches = 60 };

        Learns(options, Toy.Keyed(_ml, samples[..Rows]), Toy.Keyed(_ml, samples[Rows..]));
    }

    [TestMethod]
    public void Sequences_are_told_apart_by_their_changes()
    {
        SpikingNetworkOptions options = Toy.Able with { Network = Toy.Able.Network.EachLayer(layer => layer with { ExcitatoryGain = 1.5, InhibitoryGain = 1.5 }) with { Code = new DeltaCode { Threshold = 0.4 } }, Batches = 60 };

        SpikingModel model = Learns(options, Sequence.View(_ml, 0, Rows), Sequence.View(_ml, Rows, Unseen));

        Assert.AreEqual((2 * Sequence.Inputs, Steps), (model.Input.Inputs, model.Input.Steps), "two channels an input, and the column's steps in place of the options'");
        Assert.HasCount(options.Network.ColumnLayers[0].Columns * options.Network.ColumnLayers[0].NeuronsPerColumn * 2 * Sequence.Inputs, model.Layers[0].InputWeights);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Sequences_are_told_apart_by_their_values_as_they_come(bool byRates)
    {
        SpikingNetworkOptions options = Toy.Able with
        {
            Network = Toy.Able.Network.EachLayer(layer => layer with { ExcitatoryGain = 1.5, InhibitoryGain = 1.5, Delays = [0, 2, 4] }) with
            {
                Code = new SequenceCode { Step = byRates ? new RateCode { MaximumProbability = 1 } : new DirectCode { Gain = 1 } },
            },
            Batches = 400,
        };

        SpikingModel model = Learns(options, Sequence.View(_ml, 0, Rows), Sequence.View(_ml, Rows, Unseen));

        Assert.AreEqual((Sequence.Inputs, Steps), (model.Input.Inputs, model.Input.Steps), "the column's steps in place of the options'");
        Assert.AreEqual(3 * Sequence.Inputs, model.Layers[0].Inputs, "a synapse for each delay");
    }

    [TestMethod]
    public void A_column_without_time_has_no_changes()
    {
        var refused = Assert.Throws<Exception>(() => _ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options with { Network = Toy.Options.Network with { Code = new DeltaCode() } }).Fit(Toy.Data(_ml)));
        StringAssert.Contains(refused.Message, "Vector<Single, [time, inputs]>");
    }

    private SpikingModel Learns(SpikingNetworkOptions options, IDataView training, IDataView unseen)
    {
        SpikingNetworkTransformer model = _ml.MulticlassClassification.Trainers.SpikingNetwork(options).Fit(training);
        Assert.IsGreaterThan(0.9, _ml.MulticlassClassification.Evaluate(model.Transform(unseen)).MicroAccuracy);

        var loaded = (SpikingNetworkTransformer)EstimatorChecks.SavedAndLoaded(new MLContext(seed: 9), model, training.Schema, out _);
        Assert.AreEqual((options.Network.Code, options.Network.EvaluationCode), (loaded.Model.Network.Code, loaded.Model.Network.EvaluationCode));
        Views.SameValues(model.Transform(unseen), loaded.Transform(unseen));
        return model.Model;
    }

    /// <summary>Class 1: the first input rises; 2: the second one does; 3: the first one falls. All start anywhere, and tremble.</summary>
    private sealed class Sequence
    {
        public const int Inputs = 2;

        [KeyType(3)]
        public uint Label { get; set; }

        [VectorType(Steps, Inputs)]
        public float[] Features { get; set; } = [];

        public static IDataView View(MLContext ml, int first, int rows) => ml.Data.LoadFromEnumerable(Enumerable.Range(first, rows).Select(row =>
        {
            var random = CounterRandom.FromSeed(7).For((ulong)row);
            var features = new float[Steps * Inputs];
            double[] start = [10 * random.Uniform(100), 10 * random.Uniform(101)];
            for (int at = 0; at < features.Length; at++)
            {
                int input = at % Inputs, step = at / Inputs;
                double slope = (row % 3, input) switch { (0, 0) or (1, 1) => 1, (2, 0) => -1, _ => 0 };
                features[at] = (float)(start[input] + slope * step + 0.2 * random.Uniform((ulong)at));
            }
            return new Sequence { Label = (uint)(row % 3), Features = features };
        }).ToArray());
    }
}
