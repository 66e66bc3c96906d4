using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Tests.Samples;

/// <summary>A device sees images moved as the CPU's engines see them.</summary>
[TestClass]
public class ImageShiftTensorsTests
{
    private const int Batch = 30;

    private static readonly SpikingNetworkOptions s_options = new() { Network = new SpikingNetwork { Code = new DirectCode { Gain = 1 }, TimeSteps = 3, Layers = [new ColumnLayer { Columns = 10 }] }, Augmentation = new ImageAugmentation { MaximumShift = 1 } };

    private readonly CounterRandom _random = CounterRandom.FromSeed(1);

    [TestMethod]
    [DataRow(1 / 255f, DisplayName = "as bytes")]
    [DataRow(1 / 250f, DisplayName = "as floats")]
    public void The_torch_engine_sees_the_same(float unit)
    {
        LibTorch.EnsureLoaded();
        using var scope = NewDisposeScope();
        using DeviceSamples device = DeviceSamples.Of(Samples(unit), Encoder, CPU);
        using var network = new NetworkTensors(s_options.Network, inputs: 9, classes: 2, seed: 1, CPU);

        float[] drawn = device.Draw(network.ForCode(), zeros(Batch, int64), _random).Input.Read();

        for (int i = 0; i < drawn.Length; i++) Assert.AreEqual(Expected(i / 9, unit)[i % 9], drawn[i], 1e-6f, $"sample {i / 9}, pixel {i % 9}");
    }

    [TestMethod]
    public void Colour_moves_on_the_device_as_in_memory()
    {
        LibTorch.EnsureLoaded();
        using var scope = NewDisposeScope();
        foreach (ImageShape image in (ImageShape[])[new(3, 3, 2, 1), new(1, 2, 3, 3)])
        {
            var shifts = new ImageAugmenter(new ImageAugmentation { MaximumShift = 2 }, image);
            float[] rows = [.. Enumerable.Range(1, Batch * 18).Select(i => (float)i)];
            using var moves = new ImageShiftTensors(shifts, CPU);
            float[] moved = moves.Move(tensor(rows, [Batch, 18]), _random).Read();
            for (int sample = 0; sample < Batch; sample++) shifts.Move(rows.AsSpan(sample * 18, 18), _random.For((ulong)sample));
            CollectionAssert.AreEqual(rows, moved);
        }
    }

    [TestMethod]
    [DataRow(1 / 255f, DisplayName = "as bytes")]
    [DataRow(1 / 250f, DisplayName = "as floats")]
    public void Every_other_change_is_seen_to_the_bit(float unit)
    {
        LibTorch.EnsureLoaded();
        using var scope = NewDisposeScope();
        using var network = new NetworkTensors(s_options.Network, inputs: 9, classes: 2, seed: 1, CPU);
        foreach (ImageAugmentation rule in (ImageAugmentation[])[
            new() { HorizontalFlip = true }, new() { MaximumRotation = 30, MaximumScaling = 0.2, MaximumShear = 0.3 },
            new() { MaximumShift = 0, Elastic = new() { Sigma = 1, Alpha = 3 }, HorizontalFlip = true }])
        {
            var samples = new IntensitySamples(InputShape.Intensities(3, 3), new ImageAugmenter(rule, new ImageShape(1, 3, 3, 1)));
            for (int row = 0; row < 3; row++) samples.Add(Image(unit / (row + 1)), label: 0);
            using DeviceSamples device = DeviceSamples.Of(samples, Encoder, CPU);
            int[] rows = [.. Enumerable.Range(0, Batch).Select(sample => sample % 3)];
            Tensor onDevice = tensor(Array.ConvertAll(rows, row => (long)row));

            float[] drawn = device.Draw(network.ForCode(), onDevice, _random).Input.Read();

            var expected = new float[Batch * 9];
            for (int sample = 0; sample < Batch; sample++) samples.Look(rows[sample], _random.For((ulong)sample), expected.AsSpan(sample * 9, 9));
            CollectionAssert.AreEqual(expected, drawn);
            CollectionAssert.AreEqual(drawn, device.Draw(network.ForCode(), onDevice, _random, rows).Input.Read(), "where the rows are known");
        }
    }

    private static ImageAugmenter Shifts => new(s_options.Augmentation!, new ImageShape(1, 3, 3, 1));

    private static SampleEncoder Encoder => new(s_options.Network, new Standardisation(0, 1), default);

    private static float[] Image(float unit) => [.. Enumerable.Range(1, 9).Select(i => 25 * i * unit)];

    private static IntensitySamples Samples(float unit)
    {
        var samples = new IntensitySamples(InputShape.Intensities(3, 3), Shifts);
        samples.Add(Image(unit), label: 0);
        return samples;
    }

    private float[] Expected(int sample, float unit)
    {
        float[] image = Image(unit);
        var (down, right) = s_options.Augmentation!.Draw(_random.For((ulong)sample));
        return [.. Enumerable.Range(0, 9).Select(i => (Row: i / 3 - down, Column: i % 3 - right)).Select(from => from is { Row: >= 0 and < 3, Column: >= 0 and < 3 } ? image[3 * from.Row + from.Column] : 0)];
    }
}
