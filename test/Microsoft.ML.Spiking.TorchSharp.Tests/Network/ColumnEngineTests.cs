using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Tests.Network;

/// <summary>The two engines are one in what they do and in what they teach.</summary>
[TestClass]
public class ColumnEngineTests
{
    private const int Inputs = 15, Batch = 6, Steps = 25;

    private static readonly SpikingNetworkOptions s_options = new()
    {
        Columns = 5,
        NeuronsPerColumn = 20,
        TimeSteps = Steps,
        Wiring = new WattsStrogatz { Neighbours = 4 },
        Readout = new Readout { HiddenUnits = 12, Dropout = 0 },
        Modulation = 0.7,
    };

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void On_the_same_spikes_both_engines_agree(int seed)
    {
        LibTorch.EnsureLoaded();
        using var scope = NewDisposeScope();
        SpikeTrain[] trains = Trains(seed);
        float[] weights = ColumnInitialiser.Draw(s_options, Inputs, seed);
        using var torch = new TorchColumns(s_options, weights, Inputs, samples: null, CPU);
        using var cpu = new CpuColumns(s_options, weights, Inputs, new SampleEncoder(s_options, default, default), samples: null, Steps);

        Outcome expected = Learn(torch, network => torch.Run(network, Dense(trains)), seed), actual = Learn(cpu, network => cpu.Run(network, trains, Batch), seed);

        Assert.IsGreaterThan(100, expected.Accumulated.Count(spikes => spikes != 0), "the columns must fire for this to tell anything");
        Assert.IsGreaterThan(1e-5f, expected.Gradient.Max(MathF.Abs), "and the connections must matter");
        AreClose(expected.Accumulated, actual.Accumulated, 1e-5f, "accumulated");
        AreClose(expected.Rates, actual.Rates, 1e-5f, "rates");
        AreClose(expected.SampleRates, actual.SampleRates, 1e-5f, "rates of each sample");
        AreClose(expected.InterWeights, actual.InterWeights, 1e-5f, "connections after STDP");
        AreClose(expected.Gradient, actual.Gradient, 1e-4f, "gradient of the connections");
    }

    private static Outcome Learn(ColumnEngine columns, Func<SpikingNetwork, ColumnPass> run, int seed)
    {
        using var network = new SpikingNetwork(s_options, Inputs, classes: 3, seed, CPU);
        ColumnPass pass = run(network);
        float[] accumulated = pass.Accumulated.Read(), rates = pass.Rates.Read(), sampleRates = pass.SampleRates!.Read();
        new Learner(network, columns).Learn(pass, tensor([0L, 1, 2, 0, 1, 2]));
        return new Outcome(accumulated, rates, sampleRates, network.InterWeights.Read(), network.InterWeights.grad!.Read());
    }

    private static SpikeTrain[] Trains(int seed) => [.. Enumerable.Range(0, Batch).Select(sample =>
    {
        var train = new SpikeTrain(Steps);
        PoissonSampler.Draw(Enumerable.Repeat(0.4f, Inputs).ToArray(), CounterRandom.FromSeed(seed).For((ulong)sample), train);
        return train;
    })];

    private static Tensor Dense(SpikeTrain[] trains)
    {
        var spikes = new float[Steps * Batch * Inputs];
        for (int step = 0; step < Steps; step++)
            for (int sample = 0; sample < Batch; sample++)
                foreach (int input in trains[sample][step]) spikes[(step * Batch + sample) * Inputs + input] = 1;
        return tensor(spikes, [Steps, Batch, Inputs]);
    }

    /// <summary>Within the tolerance of the largest value.</summary>
    private static void AreClose(float[] expected, float[] actual, float tolerance, string what)
    {
        Assert.HasCount(expected.Length, actual);
        float largest = expected.Max(MathF.Abs);
        for (int i = 0; i < expected.Length; i++) Assert.AreEqual(expected[i], actual[i], tolerance * largest, $"{what} {i}");
    }

    private sealed record Outcome(float[] Accumulated, float[] Rates, float[] SampleRates, float[] InterWeights, float[] Gradient);
}
