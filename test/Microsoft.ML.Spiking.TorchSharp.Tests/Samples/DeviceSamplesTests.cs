using Microsoft.ML.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Tests.Samples;

/// <summary>The training rows as the torch engine holds them, here on the CPU device.</summary>
[TestClass]
public class DeviceSamplesTests
{
    private const int Steps = 13, Inputs = 5;

    [TestMethod]
    public void Spike_trains_come_off_the_device_as_they_went_on()
    {
        LibTorch.EnsureLoaded();
        using var scope = NewDisposeScope();
        SpikingNetworkOptions options = new();
        SpikeTrainSamples samples = RandomTrains(rows: 4);
        using DeviceSamples device = DeviceSamples.Of(samples, new SampleEncoder(options.Network, Standardisation.None, default), CPU, chunk: 3);
        using var network = new NetworkTensors(options.Network, Inputs, classes: 2, seed: 1, CPU);

        Tensor spikes = device.Draw(network.ForCode(), tensor([2L, 0L]), CounterRandom.FromSeed(1)).Input;
        CollectionAssert.AreEqual(new long[] { Steps, 2, Inputs }, spikes.shape);
        var stimulus = new Stimulus(Steps);
        for (int sample = 0; sample < 2; sample++)
        {
            samples.Draw(null!, sample == 0 ? 2 : 0, default, stimulus);
            for (int step = 0; step < Steps; step++)
                CollectionAssert.AreEqual(stimulus.Train[step].ToArray(), Enumerable.Range(0, Inputs).Where(i => spikes[step, sample, i].item<float>() == 1).ToArray(), $"sample {sample}, step {step}");
        }
    }

    [TestMethod]
    [DataRow(1 / 255f, DisplayName = "as bytes")]
    [DataRow(1 / 250f, DisplayName = "as floats")]
    public void Intensities_spike_on_the_device_as_often_as_their_probabilities_say(float unit)
    {
        LibTorch.EnsureLoaded();
        using var scope = NewDisposeScope();
        SpikingNetworkOptions options = new() { Network = new SpikingNetwork { TimeSteps = 4000, Code = new RateCode { MaximumProbability = 0.5 } } };
        float[] features = [0, 50 * unit, 100 * unit, 200 * unit, 250 * unit];
        var samples = new IntensitySamples(InputShape.Intensities(Inputs));
        samples.Add(new Row(features).Reader(), label: 0);
        Standardisation standardisation = options.Network.ChosenCode.Standardise(samples.Statistics(), FeatureScaling.Shared);
        using DeviceSamples device = DeviceSamples.Of(samples, new SampleEncoder(options.Network, standardisation, default), CPU);
        using var network = new NetworkTensors(options.Network, Inputs, classes: 2, seed: 1, CPU);

        float[] rates = device.Draw(network.ForCode(), tensor([0L]), CounterRandom.FromSeed(1)).Input.mean([0, 1]).Read();
        for (int i = 0; i < Inputs; i++)
        {
            double p = 0.5 * features[i] / features[^1];
            Assert.AreEqual(p, rates[i], 4 * Math.Sqrt(p * (1 - p) / 4000) + 1e-6, $"input {i}");
        }
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(5)]
    [DataRow(4096)]
    public void Rows_that_go_onto_the_device_a_few_at_a_time_are_the_rows(int chunk)
    {
        LibTorch.EnsureLoaded();
        using var scope = NewDisposeScope();
        SpikingNetworkOptions options = new() { Network = new SpikingNetwork { Code = new DirectCode { Gain = 1 } } };
        var samples = new IntensitySamples(InputShape.Intensities(Inputs));
        for (int row = 0; row < 12; row++) samples.Add([.. Enumerable.Range(0, Inputs).Select(i => (row * Inputs + i) / 255f)], label: 0);
        using DeviceSamples device = DeviceSamples.Of(samples, new SampleEncoder(options.Network, Standardisation.None, default), CPU, chunk);
        using var network = new NetworkTensors(options.Network, Inputs, classes: 2, seed: 1, CPU);

        float[] rows = device.Draw(network.ForCode(), arange(12, dtype: int64), CounterRandom.FromSeed(1)).Input.Read();

        for (int i = 0; i < rows.Length; i++) Assert.AreEqual(i / 255f, rows[i], 1e-7f);
    }

    [TestMethod]
    public void No_array_holds_more_than_an_array_can_however_wide_the_rows_are()
    {
        Assert.AreEqual(4096, DeviceSamples.RowsAtATime(4096, 784));
        foreach (int width in (int[])[1, 784, 1 << 20, int.MaxValue]) Assert.IsLessThanOrEqualTo(Math.Max(Array.MaxLength, width), (long)DeviceSamples.RowsAtATime(3_000_000, width) * width);
        Assert.AreEqual(1, DeviceSamples.RowsAtATime(4096, int.MaxValue));
    }

    private static SpikeTrainSamples RandomTrains(int rows)
    {
        var ml = new MLContext(seed: 1);
        IDataView view = ml.Transforms.PoissonEncoding("Spikes", "Features", Steps).Fit(Row.View(ml, rows)).Transform(Row.View(ml, rows));
        var samples = new SpikeTrainSamples(Steps, Inputs);
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema["Spikes"]]);
        SampleReader reader = SampleReader.Create(cursor, view.Schema["Spikes"], InputShape.SpikeTrain(Steps, Inputs));
        while (cursor.MoveNext())
        {
            reader.Read();
            samples.Add(reader, label: 0);
        }
        return samples;
    }

    private sealed class Row(float[] features)
    {
        [VectorType(Inputs)]
        public float[] Features { get; } = features;

        public static IDataView View(MLContext ml, int rows) => ml.Data.LoadFromEnumerable(Enumerable.Range(0, rows).Select(r => new Row([.. Enumerable.Range(0, Inputs).Select(i => (r + i) % 4 / 4f)])));

        public SampleReader Reader()
        {
            IDataView view = new MLContext().Data.LoadFromEnumerable([this]);
            DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
            cursor.MoveNext();
            SampleReader reader = SampleReader.Create(cursor, view.Schema["Features"], InputShape.Intensities(Inputs));
            reader.Read();
            return reader;
        }
    }
}
