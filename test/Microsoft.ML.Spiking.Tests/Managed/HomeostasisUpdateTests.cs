namespace Microsoft.ML.Spiking.Tests.Managed;

[TestClass]
public class HomeostasisUpdateTests
{
    private const int Inputs = 20, Batch = 24, Steps = 12, Batches = 150;
    private const double Target = 0.15;

    [TestMethod]
    public void Every_column_comes_to_fire_at_the_target_rate_where_the_columns_learn()
    {
        foreach (float rate in Rates(rateLossWeight: 50)) Assert.AreEqual(Target, rate, 0.1 * Target);
    }

    [TestMethod]
    public void Without_the_loss_of_the_rates_columns_fire_as_they_like()
    {
        Assert.IsGreaterThan(0.3 * Target, Rates(rateLossWeight: 0).Max(rate => Math.Abs(rate - Target)));
    }

    [TestMethod]
    public void The_target_rises_by_a_tenth_below_the_band_falls_by_a_tenth_above_it_and_stays_within_it()
    {
        var rule = new Homeostasis { InitialRate = 0.05, MinimumRate = 0.03, MaximumRate = 0.08, RateMemory = 0.75 };
        var state = new PlasticityArrays(columns: 2, rule.InitialRate);

        rule.Adapt(state, [0.01f, 0.03f]);
        Close.Values([0.055f], [state.TargetRate], "raised: the mean, 0.02, is below 0.03");
        Close.Values([0.75f * 0.05f + 0.25f * 0.01f, 0.75f * 0.05f + 0.25f * 0.03f], state.AverageRate, "a quarter of the way to what was measured");
        for (int i = 0; i < 20; i++) rule.Adapt(state, [0.01f, 0.03f]);
        Close.Values([0.08f], [state.TargetRate], "no higher than the band");
        rule.Adapt(state, [0.2f, 0.1f]);
        Close.Values([0.072f], [state.TargetRate], "lowered: the mean, 0.15, is above 0.08");
    }

    /// <summary>The columns' rates in the last of some training steps on spikes that start them elsewhere.</summary>
    private static float[] Rates(double rateLossWeight)
    {
        var options = new SpikingNetworkOptions
        {
            Network = new SpikingNetwork
            {
                TimeSteps = Steps,
                Readout = new Readout { HiddenUnits = 0 },
                Layers =
                [
                    new ColumnLayer
                    {
                        Columns = 4,
                        NeuronsPerColumn = 20,
                        Wiring = new WattsStrogatz { Neighbours = 2 },
                        Homeostasis = new Homeostasis { InitialRate = Target, MinimumRate = Target, MaximumRate = Target, RateLossWeight = rateLossWeight },
                    },
                ],
            },
            Optimiser = new AdamW { LearningRate = 0.01, GradientNormLimit = 5 },
        };
        Stimulus[] stimuli = [.. Enumerable.Range(0, Batch).Select(sample =>
        {
            var stimulus = new Stimulus(Steps);
            PoissonSampler.Draw([.. Enumerable.Range(0, Inputs).Select(i => i % 3 == sample % 3 ? 0.7f : 0.2f)], CounterRandom.FromSeed(3).For((ulong)sample), stimulus.Fire());
            return stimulus;
        })];
        var network = new NetworkArrays(options.Network, Inputs, classes: 3, seed: 1);
        var columns = new CpuEngine(options.Network, [ColumnInitialiser.Draw(options.Network.ColumnLayers[0], Inputs, seed: 1)], Inputs, new SampleEncoder(options.Network, Standardisation.None, default), samples: null, Steps);
        GradientDescent descent = network.Descent(options.Optimiser, Batches);
        columns.Train(descent);
        var learner = new ManagedLearner(network, options, columns);
        float[] rates = [];
        for (int update = 0; update < Batches; update++)
        {
            rates = learner.Learn(columns.Run(network, stimuli, Batch), [.. Enumerable.Range(0, Batch).Select(row => row % 3)]).ColumnRates;
            descent.Step();
        }
        return rates;
    }
}
