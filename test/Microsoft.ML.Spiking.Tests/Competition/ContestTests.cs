using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Competition;
using Microsoft.ML.Spiking.Kernels;

namespace Microsoft.ML.Spiking.Tests.Competition;

[TestClass]
public class ContestTests
{
    // Two neurons, each with an input of its own; after 10 steps e⁻¹ of a potential is left.
    private static readonly WinnerTakeAllNetwork s_pair = new() { Neurons = 2, TimeSteps = 6, MembraneTimeConstant = 10, Threshold = 1.5, Inhibition = 4 };

    private static readonly CompetitiveStdp s_rule = new() { Depression = 0.1, TraceTimeConstant = 4, MeanWeight = 0.5 };

    [TestMethod]
    public void A_neuron_fires_once_its_potential_reaches_the_threshold()
    {
        // 1, then e^-0.1 + 1 = 1.905 ≥ 1.5, and anew from 0: every second step.
        CollectionAssert.AreEqual((int[])[3, 0], Counts(Pair(), Train([0], [0], [0], [0], [0], [0])));
        CollectionAssert.AreEqual((int[])[0, 0], Counts(Pair(), Train([0], [], [], [], [], [1])));
    }

    [TestMethod]
    public void What_leaks_away_is_gone()
    {
        // In five steps 1 decays to e^-0.5 = 0.607: 1.607 is above a threshold of 1.5 and below one of 1.61.
        CollectionAssert.AreEqual((int[])[1, 0], Counts(Pair(), Train([0], [], [], [], [], [0])));
        CollectionAssert.AreEqual((int[])[0, 0], Counts(Pair(s_pair with { Threshold = 1.61 }), Train([0], [], [], [], [], [0])));
    }

    [TestMethod]
    public void Who_fires_inhibits_the_other()
    {
        // Neuron 1 has 1 when neuron 0 fires, and then -3: in four more steps it comes to -1.715, -0.551, 0.501 and 1.454.
        CollectionAssert.AreEqual((int[])[1, 0], Counts(Pair(), Train([0], [0, 1], [1], [1], [1], [1])));
        // Without inhibition it fires at its second and its fourth spike.
        CollectionAssert.AreEqual((int[])[1, 2], Counts(Pair(s_pair with { Inhibition = 0 }), Train([0], [0, 1], [1], [1], [1], [1])));
    }

    [TestMethod]
    public void One_neuron_fires_in_a_step_and_that_is_who_exceeds_its_threshold_by_more()
    {
        CompetitiveLayer layer = Pair();
        layer.NeuronThresholds[1] = 1.4f;
        CollectionAssert.AreEqual((int[])[0, 1], Counts(layer, Train([0, 1], [0, 1])));
        CollectionAssert.AreEqual((int[])[1, 0], Counts(Pair(), Train([0, 1], [0, 1])));
    }

    [TestMethod]
    public void A_winner_learns_at_once_and_its_threshold_rises()
    {
        CompetitiveLayer layer = Pair();
        layer.SetWeights(0, [0.9f, 0.1f]);
        var learner = new CompetitiveLearner(layer, s_rule) { Rates = (0.5f, 0.25f) };
        new Contest(layer).Run(Train([1], [0], [], [0]), learner);

        // Potential 0.1, 0.990, 0.896, 1.711: fires in step 3. Input 0 spikes in that step, a trace of 1; input 1 did three steps before, a trace of e^-0.75.
        double first = 0.9 + 0.5 * (1 * 0.1 - 0.1 * 0.9), second = 0.1 + 0.5 * (Math.Exp(-0.75) * 0.9 - 0.1 * 0.1), sum = first + second;
        var weights = new float[2];
        layer.CopyWeights(0, weights);
        Assert.AreEqual(first / sum, weights[0], 1e-6);
        Assert.AreEqual(second / sum, weights[1], 1e-6);
        Assert.AreEqual(1.75f, layer.NeuronThresholds[0]);
        Assert.AreEqual(1.5f, layer.NeuronThresholds[1]);
    }

    [TestMethod]
    public void A_winner_that_spoke_for_another_class_unlearns_what_it_saw_and_its_threshold_rises()
    {
        CompetitiveLayer layer = Pair();
        layer.SetWeights(0, [0.9f, 0.1f]);
        CompetitiveStdp rule = s_rule with { LearningRate = 0.1, FinalLearningRate = 0.1, Reward = new() { Punishment = 4 } };
        var learner = new CompetitiveLearner(layer, rule, classes: 2) { Rates = (0, 0), Label = 1, Rewards = true };
        var contest = new Contest(layer);
        contest.Run(Train([0], [0]), learner);   // neuron 0 speaks for class 1 from now on, and has moved no weight
        (learner.Rates, learner.Label) = ((0.1f, 0.25f), 0);
        contest.Run(Train([1], [0], [], [0]), learner);

        // It fires in step 3, as above, and loses 0.1 · 4 of what traces of 1 and e^-0.75 had brought.
        double first = 0.9 - 0.4 * 1 * 0.9, second = 0.1 - 0.4 * Math.Exp(-0.75) * 0.1, sum = first + second;
        var weights = new float[2];
        layer.CopyWeights(0, weights);
        Assert.AreEqual(first / sum, weights[0], 1e-6);
        Assert.AreEqual(second / sum, weights[1], 1e-6);
        Assert.AreEqual(1.75f, layer.NeuronThresholds[0]);
    }

    [TestMethod]
    [DataRow(1, true, DisplayName = "of its own class")]
    [DataRow(-1, true, DisplayName = "of an unknown class")]
    [DataRow(0, false, DisplayName = "before rewards begin")]
    public void A_winner_learns_as_without_reward_in_a_row(int label, bool rewards)
    {
        float[] Weights(CompetitiveStdp rule)
        {
            CompetitiveLayer layer = Pair();
            layer.SetWeights(0, [0.9f, 0.1f]);
            var learner = new CompetitiveLearner(layer, rule, classes: 2) { Rates = (0.1f, 0), Label = 1, Rewards = true };
            var contest = new Contest(layer);
            contest.Run(Train([0], [0]), learner);
            (learner.Label, learner.Rewards) = (label, rewards);
            contest.Run(Train([1], [0], [], [0]), learner);
            return [.. layer.AllWeights()];
        }

        CollectionAssert.AreEqual(Weights(s_rule), Weights(s_rule with { Reward = new() }));
    }

    [TestMethod]
    public void Thresholds_come_down_again()
    {
        CompetitiveLayer layer = Pair();
        layer.NeuronThresholds[0] = 3.5f;
        layer.Recover(0.5f);
        Assert.AreEqual(2.5f, layer.NeuronThresholds[0]);
        Assert.AreEqual(1.5f, layer.NeuronThresholds[1]);
    }

    [TestMethod]
    public void The_same_spikes_make_the_same_layer_at_every_width()
    {
        float[] narrow = Learnt<Width128, Vector128<float>>();
        Assert.IsGreaterThan(2, narrow.Distinct().Count());
        if (Avx2.IsSupported) CollectionAssert.AreEqual(narrow, Learnt<Width256, Vector256<float>>());
        if (Avx512BW.IsSupported) CollectionAssert.AreEqual(narrow, Learnt<Width512, Vector512<float>>());
    }

    [TestMethod]
    public void What_a_winner_will_get_is_what_its_new_weights_give()
    {
        // A learner that moves no weight leaves every current as the kernel has summed it.
        CompetitiveLayer still = Drawn(), other = Drawn();
        SpikeTrain train = Noise(0);
        var quiet = new CompetitiveLearner(still, new CompetitiveStdp { MeanWeight = 0.3 }) { Rates = (0, 0) };
        Contest learning = new(still), frozen = new(other);
        Assert.IsGreaterThan(1, learning.Run(train, quiet));
        frozen.Run(train);
        CollectionAssert.AreEqual(frozen.Counts, learning.Counts);
    }

    private static float[] Learnt<TWidth, TFloats>()
        where TWidth : struct, IFloatLanes<TFloats>
        where TFloats : unmanaged
    {
        CompetitiveLayer layer = Drawn();
        var learner = new CompetitiveLearner(layer, new CompetitiveStdp { MeanWeight = 0.3 }) { Rates = (0.1f, 0.05f) };
        var contest = new Contest(layer);
        int spikes = 0;
        for (ulong row = 0; row < 20; row++) spikes += contest.Run<TWidth, TFloats>(Noise(row), learner);
        Assert.IsGreaterThan(20, spikes);
        var weights = new float[70 * 33];
        for (int neuron = 0; neuron < 70; neuron++) layer.CopyWeights(neuron, weights.AsSpan(neuron * 33, 33));
        return [.. weights, .. layer.NeuronThresholds];
    }

    // More neurons than a panel has lanes, and inputs that fill no whole vector.
    private static CompetitiveLayer Drawn() => CompetitiveLayer.Draw(
        new() { Neurons = 70, TimeSteps = 60, MembraneTimeConstant = 20, Threshold = 8, Inhibition = 3 }, 33, gain: 1, meanWeight: 0.3, CounterRandom.FromSeed(3));

    private static SpikeTrain Noise(ulong row)
    {
        var train = new SpikeTrain(60);
        PoissonSampler.Draw([.. Enumerable.Range(0, 33).Select(i => i % 5 == (int)row % 5 ? 0.3f : 0.05f)], CounterRandom.FromSeed(5).For(row), train);
        return train;
    }

    private static CompetitiveLayer Pair(WinnerTakeAllNetwork? network = null)
    {
        var layer = new CompetitiveLayer(network ?? s_pair, inputs: 2, gain: 1);
        layer.SetWeights(0, [1, 0]);
        layer.SetWeights(1, [0, 1]);
        return layer;
    }

    private static int[] Counts(CompetitiveLayer layer, SpikeTrain train)
    {
        var contest = new Contest(layer);
        Assert.AreEqual(contest.Run(train), contest.Counts.Sum());
        return contest.Counts;
    }

    private static SpikeTrain Train(params int[][] steps)
    {
        var train = new SpikeTrain(s_pair.TimeSteps);
        for (int step = 0; step < train.Steps; step++)
        {
            foreach (int input in step < steps.Length ? steps[step] : []) train.Add(input);
            train.NextStep();
        }
        return train;
    }
}
