using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Tests.Torch;

/// <summary>On a grid, sums are exact whatever their order: every engine fires the same spikes, none more or less, over all of the reference's steps.</summary>
[TestClass]
public class BitEqualityTests
{
    private const int Inputs = 784, Batch = 131;

    private static readonly SpikingNetworkOptions s_options = SpikingNetworkOptions.Reference with { Network = SpikingNetworkOptions.Reference.Network.EachLayer(layer => layer with { Columns = 3, NeuronsPerColumn = 50, Wiring = new WattsStrogatz { Neighbours = 2 }, Modulation = 0 }) };

    public static IEnumerable<object[]> EachWidth => BatchKernels.Supported.Select(kernels => new object[] { kernels.Name });

    [TestMethod]
    [DynamicData(nameof(EachWidth))]
    public unsafe void The_table_engine_fires_where_the_event_driven_one_does(string width)
    {
        var events = new ColumnSimulation(s_options.Network.ColumnLayers[0], Weights(), Inputs);
        var activity = new ColumnActivity(events.Lanes, s_options.Network.TimeSteps);
        Stimulus[] stimuli = Stimuli();
        BatchActivity tables = Tables(stimuli, BatchKernels.Supported.Single(kernels => kernels.Name == width));

        long fired = 0;
        for (int sample = 0; sample < Batch; sample++)
        {
            events.Show(stimuli[sample], activity);
            for (int lane = 0; lane < events.Lanes.Words * Lanes.Word; lane++)
            {
                for (int step = 0; step < s_options.Network.TimeSteps; step++)
                {
                    ulong expected = activity.Panel(lane / 64)[step] >> lane % 64 & 1;
                    Assert.AreEqual(expected, tables.Spikes(sample / 128, lane)[2 * step + sample % 128 / 64] >> sample % 64 & 1, $"sample {sample}, lane {lane}, step {step}");
                    fired += (long)expected;
                }
            }
        }
        Assert.IsGreaterThan(1000, fired, "the neurons must fire for this to tell anything");
    }

    [TestMethod]
    public void Without_influence_the_table_engine_counts_the_torch_engines_spikes()
    {
        LibTorch.EnsureLoaded();
        using var scope = NewDisposeScope();
        Stimulus[] stimuli = Stimuli();
        var spikes = new float[s_options.Network.TimeSteps * Batch * Inputs];
        for (int sample = 0; sample < Batch; sample++)
            for (int step = 0; step < s_options.Network.TimeSteps; step++)
                foreach (int input in stimuli[sample].Train[step]) spikes[(step * Batch + sample) * Inputs + input] = 1;
        using var network = new NetworkTensors(s_options.Network, Inputs, classes: 2, seed: 1, CPU);
        using var torch = new TorchEngine(s_options.Network, [Weights()], Inputs, samples: null, CPU);
        TableEngine tables = TableEngine.TryCreate(s_options.Network, Weights(), Inputs, new SampleEncoder(s_options.Network, Standardisation.None, default), samples: null, s_options.Network.TimeSteps)!;
        Tensor dense = tensor(spikes, [s_options.Network.TimeSteps, Batch, Inputs]);

        // Equal counts after every number of steps: equal spikes in every step.
        float[] expected = [], actual = [];
        for (int steps = 1; steps <= s_options.Network.TimeSteps; steps++)
        {
            expected = torch.Run(network, dense.narrow(0, 0, steps))[0].Accumulated().Read();
            actual = Counts(Tables(stimuli, BatchKernels.Fastest), steps);
            CollectionAssert.AreEqual(expected, actual, $"after {steps} steps");
        }
        CollectionAssert.AreEqual(expected, tables.Run(new LayerArrays(s_options.Network.ColumnLayers[0], index: 0, seed: 1), Packed(stimuli))[0].Accumulated.ToArray(), "as the engine itself accumulates");
    }

    private static unsafe float[] Counts(BatchActivity activity, int steps)
    {
        var lanes = new Lanes(s_options.Network.ColumnLayers[0]);
        int neurons = s_options.Network.ColumnLayers[0].Columns * s_options.Network.ColumnLayers[0].NeuronsPerColumn;
        var counts = new float[Batch * neurons];
        for (int i = 0; i < counts.Length; i++)
        {
            int sample = i / neurons, lane = lanes.Of(i % neurons);
            for (int step = 0; step < steps; step++) counts[i] += lanes.Sign[lane] * (activity.Spikes(sample / 128, lane)[2 * step + sample % 128 / 64] >> sample % 64 & 1);
        }
        return counts;
    }

    private static float[] Weights() => ColumnInitialiser.Draw(s_options.Network.ColumnLayers[0], Inputs, seed: 3);

    private static BatchActivity Tables(Stimulus[] stimuli, BatchKernels kernels)
    {
        var lanes = new Lanes(s_options.Network.ColumnLayers[0]);
        var activity = new BatchActivity(lanes, s_options.Network.TimeSteps, Batch);
        new TableSimulation(lanes, TableWeights.TryCreate(lanes, Weights(), Inputs)!, kernels).Show(Packed(stimuli), activity);
        return activity;
    }

    private static PackedSpikes Packed(Stimulus[] stimuli)
    {
        var spikes = new PackedSpikes(s_options.Network.TimeSteps, Inputs, Batch);
        for (int sample = 0; sample < Batch; sample++) spikes.Set(sample, stimuli[sample].Train);
        return spikes;
    }

    private static Stimulus[] Stimuli() => [.. Enumerable.Range(0, Batch).Select(sample =>
    {
        var stimulus = new Stimulus(s_options.Network.TimeSteps);
        PoissonSampler.Draw([.. Enumerable.Range(0, Inputs).Select(i => i % 5 == 0 ? 0.48f : 0.2f)], CounterRandom.FromSeed(2).For((ulong)sample), stimulus.Fire());
        return stimulus;
    })];
}
