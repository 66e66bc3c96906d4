using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Training;

[TestClass]
public class SpikeBudgetTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Twice_the_budget_costs_its_weight_and_what_is_within_it_nothing()
    {
        var budget = new SpikeBudget { SpikesPerRow = 40, Weight = 3 };
        Assert.AreEqual((0, 0, 0.75, 3), (budget.Loss(0), budget.Loss(40), budget.Loss(50), budget.Loss(80)));
        Assert.AreEqual((budget.Loss(61) - budget.Loss(60)) / 1, budget.Slope, 1e-12);
    }

    [TestMethod]
    public void A_network_learns_its_task_within_its_budget()
    {
        SpikingNetworkOptions options = Toy.Able with { Batches = 120 };
        const double Budget = 12;
        SpikingNetworkTransformer free = Fit(options), thrifty = Fit(options with { SpikeBudget = new SpikeBudget { SpikesPerRow = Budget } });
        Assert.IsGreaterThan(2 * Budget, Spikes(free), "a budget that is kept anyhow tells nothing");
        Assert.IsLessThan(1.3 * Budget, Spikes(thrifty));
        Assert.AreEqual(1, _ml.MulticlassClassification.Evaluate(thrifty.Transform(Toy.Data(_ml, rows: 60))).MicroAccuracy);
    }

    [TestMethod]
    public void A_budget_of_a_network_that_does_not_learn_is_refused()
        => Assert.AreEqual("SpikeBudget is on, but no layer learns, and a reservoir fires what it fires; let a layer's Learning be a Surrogate, or leave SpikeBudget null. [SPK1001]",
            Assert.ThrowsExactly<ArgumentException>(() => Fit(Toy.Options with { SpikeBudget = new SpikeBudget(), Network = Toy.Options.Network.EachLayer(layer => layer with { Learning = new Reservoir() }) })).Message);

    private SpikingNetworkTransformer Fit(SpikingNetworkOptions options) => _ml.MulticlassClassification.Trainers.SpikingNetwork(options).Fit(Toy.Data(_ml));

    private double Spikes(SpikingNetworkTransformer network) => network.WithCost().Transform(Toy.Data(_ml, rows: 60)).GetColumn<double[]>("Cost").Average(cost => cost[1]);
}
