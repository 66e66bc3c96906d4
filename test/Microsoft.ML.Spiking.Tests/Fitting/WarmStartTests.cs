using System.Runtime.InteropServices;

namespace Microsoft.ML.Spiking.Tests.Fitting;

/// <summary>A training begins with what another has learnt, or says why it cannot.</summary>
[TestClass]
public class WarmStartTests
{
    // So small that no float32 moves.
    private static readonly AdamW s_standing = new() { LearningRate = 1e-12, FinalLearningRate = 1e-12, WeightDecay = 0 };

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    [DataRow(true, WindowPooling.Attention)]
    public void A_training_that_moves_nothing_leaves_the_model_that_it_began_with(bool surrogate, WindowPooling pooling = WindowPooling.Concatenate)
    {
        SpikingNetworkOptions options = Still(Toy.Options.Network.EachLayer(layer => surrogate ? layer : layer with { Learning = new Reservoir() }) with
        {
            // What a new training would measure and draw otherwise.
            Code = surrogate ? new RateCode() : new SigmoidCode(), Scaling = FeatureScaling.PerInput,
            Readout = Toy.Options.Network.Readout with { Windows = pooling == WindowPooling.Concatenate ? 1 : 2, Pooling = pooling },
        });
        SpikingModel model = Fit(options with { Batches = 20, Optimiser = new AdamW { LearningRate = 0.02 }, Seed = 5 }, Toy.Data(_ml, rows: 60));
        model = model with { InputScale = [.. model.InputScale.Select((scale, i) => scale + i / 8f)] };

        SpikingModel again = Fit(options with { Network = model.Network, Batches = 2, Seed = 6 }, Toy.Data(_ml), model);

        Assert.AreEqual(model.Network, again.Network);
        foreach (var (was, now) in SpikingModelArrays.Of(model).Zip(SpikingModelArrays.Of(again)))
            if (!Measured(was.Name)) Assert.IsTrue(MemoryMarshal.AsBytes(was.Values.Span).SequenceEqual(MemoryMarshal.AsBytes(now.Values.Span)), was.Name);
    }

    [TestMethod]
    public void So_does_one_that_answers_yes_or_no()
    {
        SpikingModel model = YesNo.Trained.Model;
        SpikingNetworkOptions options = Toy.Options with { Network = model.Network, Optimiser = s_standing, Batches = 2, Seed = model.Training.Seed };

        SpikingNetworkTransformer again = _ml.BinaryClassification.Trainers.SpikingNetwork(options).Fit(YesNo.Data(_ml), model);

        CollectionAssert.AreEqual(model.OutputWeights, again.Model.OutputWeights);
        CollectionAssert.AreEqual(model.Layers[0].InputWeights, again.Model.Layers[0].InputWeights);
    }

    [TestMethod]
    public void What_was_learnt_is_where_training_goes_on()
    {
        SpikingModel model = Toy.Trained.Model;

        SpikingModel afresh = Fit(Toy.Able with { Batches = null, Epochs = 1 }, Toy.Data(_ml)),
            further = Fit(Toy.Able with { Network = model.Network, Batches = null, Epochs = 1 }, Toy.Data(_ml), model);

        Assert.IsLessThan(afresh.Training.History[0].Loss / 2, further.Training.History[0].Loss);
    }

    [TestMethod]
    public void It_is_interrupted_and_resumed_to_the_bit_and_from_the_same_start_alone()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        IDataView data = Toy.Data(_ml);
        SpikingModel model = Fit(InterruptedTraining.Options, data);
        SpikingNetworkOptions options = InterruptedTraining.Options with { Network = model.Network, Seed = 9 };
        using var source = new CancellationTokenSource();
        var reports = new Reports(progress =>
        {
            if (progress.Batches == 8) source.Cancel();
        });
        try
        {
            Assert.ThrowsExactly<OperationCanceledException>(
                () => Fit(options with { CheckpointPath = path, Progress = reports, CancellationToken = source.Token }, data, model));

            SpikingModel whole = Fit(options, data, model), resumed = Fit(options with { ResumeFrom = path }, data, model);
            foreach (var (was, now) in SpikingModelArrays.Of(whole).Zip(SpikingModelArrays.Of(resumed)))
                Assert.IsTrue(MemoryMarshal.AsBytes(was.Values.Span).SequenceEqual(MemoryMarshal.AsBytes(now.Values.Span)), was.Name);
            Refused(() => Fit(options with { ResumeFrom = path }, data), "the same rows, but from other weights at the start");
            Refused(() => Fit(options with { ResumeFrom = path }, data, model with { OutputBias = [1, 2, 3] }), "the same rows, but from other weights at the start");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [TestMethod]
    public void A_model_that_does_not_go_with_options_or_data_is_refused_by_what_is_wrong()
    {
        SpikingModel model = Toy.Trained.Model;
        SpikingNetworkOptions options = Toy.Able with { Network = model.Network };
        IDataView data = Toy.Data(_ml);

        Refused(() => Fit(options with { Network = model.Network with { TimeSteps = 3 } }, data, model), "set Network to the model's");
        Refused(() => Fit(options, data, model with { Classes = 4 }), "tells 4 classes apart, but the label knows 3");
        Refused(() => Fit(options, data, model with { Input = InputShape.Intensities(8) }), "reads Vector<Single, 8>, but 'Features' is Vector<Single, 7>");
        SpikingNetwork normalised = model.Network.EachLayer(layer => layer with { Normalisation = new CurrentNormalisation() });
        Refused(() => Fit(options with { Network = normalised }, data, model with { Network = normalised }), "a layer with Normalisation");
        SpikingModel recurrent = Fit(Toy.Options with { Network = Toy.Options.Network.EachLayer(layer => layer with { Recurrence = new Recurrence() }) }, data);
        Refused(() => Fit(Toy.Options with { Network = recurrent.Network, Seed = 2 }, data, recurrent), "Seed 2 draws another; set Seed to 1.");
        Assert.AreEqual(recurrent.Network, Fit(Toy.Options with { Network = recurrent.Network }, data, recurrent).Network);
    }

    [TestMethod]
    public void Features_by_other_names_are_refused()
    {
        SpikingModel model = Toy.Trained.Model with { FeatureNames = ["a", "b", "c", "d", "e", "f", "g"] };
        string[] names = ["Id", "a", "b", "c", "d", "e", "g", "f"];
        IDataView data = _ml.Transforms.Concatenate("Features", names[1..]).Append(_ml.Transforms.Conversion.MapValueToKey("Label", "Class")).Fit(Named()).Transform(Named());

        Refused(() => Fit(Toy.Able with { Network = model.Network }, data, model), "features by other names, or in another order");

        IDataView Named() => _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 9).Select(row => new NamedRow { Class = "abc"[row % 3].ToString() }));
    }

    private static bool Measured(string array)
        => array.EndsWith("average_rate", StringComparison.Ordinal) || array.EndsWith("_share", StringComparison.Ordinal);

    private static SpikingNetworkOptions Still(SpikingNetwork network) => Toy.Options with
    {
        Network = network.EachLayer(layer => layer with { Plasticity = null, StructuralPlasticity = null, Homeostasis = null }),
        Optimiser = s_standing,
    };

    private SpikingModel Fit(SpikingNetworkOptions options, IDataView data, SpikingModel? start = null)
    {
        SpikingNetworkTrainer trainer = _ml.MulticlassClassification.Trainers.SpikingNetwork(options);
        return (start is null ? trainer.Fit(data) : trainer.Fit(data, start)).Model;
    }

    private static void Refused(Action fit, string said) => StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(fit).Message, said);

    private sealed class NamedRow
    {
        public string Class { get; set; } = "";

        public float a { get; set; }

        public float b { get; set; }

        public float c { get; set; }

        public float d { get; set; } = 1;

        public float e { get; set; }

        public float f { get; set; }

        public float g { get; set; }
    }
}
