using Microsoft.ML.Runtime;

namespace Microsoft.ML.Spiking.Tests.Fitting;

/// <summary>A training that cannot come to anything says so, once, with the remedy.</summary>
[TestClass]
public class SilentNetworkTests
{
    private static readonly LifNeuron s_deaf = new() { Threshold = 1000 };

    private readonly MLContext _ml = new(seed: 1);
    private readonly List<string> _warnings = [];

    public SilentNetworkTests() => _ml.Log += (_, line) =>
    {
        if (line.Kind == ChannelMessageKind.Warning && line.Source.Contains(nameof(SpikingNetworkTrainer), StringComparison.Ordinal)) _warnings.Add(line.RawMessage);
    };

    public static IEnumerable<object[]> Silent =>
    [
        [Toy.Options with { Network = Toy.Options.Network.EachLayer(layer => layer with { Excitatory = s_deaf, Inhibitory = s_deaf }) }],
        [Toy.Options with { Network = Toy.Options.Network.EachLayer(layer => layer with { ExcitatoryGain = 0.001, InhibitoryGain = 0.001 }) }],
    ];

    [TestMethod]
    [DynamicData(nameof(Silent))]
    public void Columns_that_never_fire_are_named_with_the_remedy(SpikingNetworkOptions options)
    {
        SpikingModel model = Fit(options, Toy.Data(_ml));

        StringAssert.StartsWith(_warnings.Single(), "All 4 columns are silent: on 99 % of the training rows or more not one of their neurons spikes");
        StringAssert.Contains(_warnings.Single(), "lower Excitatory.Threshold");
        CollectionAssert.AreEqual(new float[] { 1, 1, 1, 1 }, model.Layers[0].SilentShare);
        Assert.AreEqual(4, model.Training.History[^1].DeadColumns);
    }

    [TestMethod]
    public void Columns_that_always_fire_are_named_with_the_remedy()
    {
        string warning = ColumnWarning.Of(With(silent: [0, 0, 0, 0], saturated: [0.6f, 0, 0.5f, 0.4f]))!;

        StringAssert.StartsWith(warning, "2 of 4 columns (0, 2) are saturated: half of their neurons or more spike in every step, whatever the row.");
        StringAssert.Contains(warning, "raise Excitatory.Threshold");
        Assert.IsNull(ColumnWarning.Of(With(silent: [0.5f, 0, 0, 0], saturated: [0, 0, 0, 0])), "half of the rows without a spike is no death");
    }

    [TestMethod]
    public void Features_that_are_all_the_same_are_named()
    {
        Fit(Toy.Options, Toy.Keyed(_ml, Toy.Samples(12).Select(sample => new Sample { Class = sample.Class, Features = new float[Toy.Inputs] })));

        Assert.HasCount(1, _warnings.Where(warning => warning.StartsWith("All inputs are the same in every training row", StringComparison.Ordinal)).ToArray());
    }

    [TestMethod]
    public void What_the_scale_that_was_asked_for_cuts_off_is_named()
    {
        Fit(Toy.Options with { Network = Toy.Options.Network with { Scaling = FeatureScaling.None } }, Toy.Keyed(_ml, Toy.Samples(12).Select(sample => new Sample { Class = sample.Class, Features = Array.ConvertAll(sample.Features, x => x - 1) })));

        StringAssert.StartsWith(_warnings[0], "Scaling is None, but the features reach from -1 to ");
    }

    private SpikingModel Fit(SpikingNetworkOptions options, IDataView data) => _ml.MulticlassClassification.Trainers.SpikingNetwork(options).Fit(data).Model;

    private static SpikingModel With(float[] silent, float[] saturated)
        => Toy.Trained.Model with { Layers = [Toy.Trained.Model.Layers[0] with { SilentShare = [.. silent], SaturatedShare = [.. saturated] }] };
}
