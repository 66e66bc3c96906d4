using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Transforms;

/// <summary>A trained network that adapts to other rows without labels.</summary>
[TestClass]
public class AdaptTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void In_the_dark_it_finds_back_to_its_rates_and_answers(bool usual)
    {
        IDataView dark = Rows(brightness: 0.12f);
        SpikingNetworkTransformer adapted = Toy.Trained.Adapt(_ml.Transforms.DropColumns("Label", "Class").Fit(dark).Transform(dark), usual ? Rows(brightness: 1) : null);

        Assert.IsLessThan(0.8, Accuracy(Toy.Trained, dark), "the dark must hurt for this to tell anything");
        Assert.IsGreaterThan(0.95, Accuracy(adapted, dark));
        float[] rates = Rates(adapted, dark), trained = [.. Toy.Trained.Model.Layers[0].AverageRate];
        for (int column = 0; column < rates.Length; column++) Assert.AreEqual(trained[column], rates[column], 0.15f * trained[column], $"column {column}");
    }

    [TestMethod]
    public void On_the_usual_rows_it_stays_as_it_is()
        => CollectionAssert.AreEqual(Toy.Trained.Model.Layers[0].InputWeights, Toy.Trained.Adapt(Toy.Data(_ml), Toy.Data(_ml)).Model.Layers[0].InputWeights);

    [TestMethod]
    public void Nothing_but_the_scale_of_each_columns_weights_changes_and_no_further_than_it_may() => Scales(usual: null, units: 4);

    [TestMethod]
    public void Nothing_but_the_scale_of_each_neurons_weights_changes_where_the_usual_rows_are_known() => Scales(Rows(brightness: 1), units: 64);

    private void Scales(IDataView? usual, int units)
    {
        SpikingModel before = Toy.Trained.Model, after = Toy.Trained.Adapt(Rows(brightness: 0.1f), usual, new AdaptationOptions { MaximumGain = 1.5 }).Model;
        TrainedLayer was = before.Layers[0], became = after.Layers[0];
        int each = was.InputWeights.Length / units;
        float most = 0;
        for (int unit = 0; unit < units; unit++)
        {
            float[] factors = [.. Enumerable.Range(unit * each, each).Where(i => was.InputWeights[i] != 0).Select(i => became.InputWeights[i] / was.InputWeights[i])];
            Assert.AreEqual(factors.Min(), factors.Max(), 1e-5f, $"unit {unit}");
            most = Math.Max(most, factors.Max());
        }
        Assert.AreEqual(1.5f, most, 1e-5f);
        Assert.AreEqual(before, after with { Layers = before.Layers });
        Assert.AreEqual(was, became with { InputWeights = was.InputWeights });
    }

    [TestMethod]
    public void Rows_that_miss_a_feature_are_passed_over_and_none_at_all_is_refused()
    {
        Sample[] samples = Toy.Samples(30);
        foreach (Sample sample in samples) sample.Features = [.. sample.Features.Select(x => 0.3f * x)];
        SpikingModel whole = Toy.Trained.Adapt(Toy.Keyed(_ml, samples.Skip(1))).Model;
        samples[0].Features[2] = float.NaN;

        CollectionAssert.AreEqual(whole.Layers[0].InputWeights, Toy.Trained.Adapt(Toy.Keyed(_ml, samples)).Model.Layers[0].InputWeights);
        Assert.AreEqual("There is nothing to adapt to: no row of 'Features' holds finite numbers only; give rows that do. [SPK2002]",
            Assert.ThrowsExactly<InvalidOperationException>(() => Toy.Trained.Adapt(Toy.Keyed(_ml, samples.Take(1)))).Message);
        Assert.AreEqual("AdaptationOptions.MaximumGain is 0.5, but it must lie between 1 and 1000. [SPK1001]",
            Assert.ThrowsExactly<ArgumentException>(() => Toy.Trained.Adapt(Toy.Data(_ml), options: new AdaptationOptions { MaximumGain = 0.5 })).Message);
    }

    [TestMethod]
    public void Layers_adapt_one_after_the_other()
    {
        SpikingNetworkTransformer two = _ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Able with { Network = Toy.Able.Network with { Layers = [Toy.Able.Network.Layers[0], Toy.Able.Network.Layers[0]] } }).Fit(Toy.Data(_ml));
        IDataView dark = Rows(brightness: 0.4f);
        float[] trained = [.. two.Model.Layers.SelectMany(layer => layer.AverageRate)];
        Assert.IsLessThan(Off(two), 3 * Off(two.Adapt(dark)));
        double Off(SpikingNetworkTransformer network) => Rates(network, dark).Zip(trained, (rate, was) => Math.Abs(rate - was)).Sum();
    }

    private IDataView Rows(float brightness)
    {
        Sample[] samples = Toy.Samples(60);
        foreach (Sample sample in samples) sample.Features = [.. sample.Features.Select(x => brightness * x)];
        return Toy.Keyed(_ml, samples);
    }

    private double Accuracy(SpikingNetworkTransformer network, IDataView rows) => _ml.MulticlassClassification.Evaluate(network.Transform(rows)).MicroAccuracy;

    private static float[] Rates(SpikingNetworkTransformer network, IDataView rows)
    {
        float[][] rates = [.. network.Transform(rows).GetColumn<float[]>("SpikeRate")];
        return [.. Enumerable.Range(0, rates[0].Length).Select(column => rates.Average(row => row[column]))];
    }
}
