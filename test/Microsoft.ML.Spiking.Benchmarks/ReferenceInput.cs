using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>A batch for the published network: stand-ins for digits, as each engine takes them.</summary>
internal sealed class ReferenceInput
{
    public const int Inputs = 784, Classes = 10, Batch = 128;

    private readonly float[] _images = Images();
    private readonly IntensitySamples _samples = new(InputShape.Intensities(28, 28));

    public ReferenceInput()
    {
        float[] inputScale = [.. Enumerable.Repeat((float)Network.ChosenCode.InitialInputScale!.Value, Inputs)];
        Encoder = new SampleEncoder(Network, Network.ChosenCode.Standardise(FeatureStatistics.None, FeatureScaling.Shared), inputScale);
        Weights = ColumnInitialiser.Draw(Layer, Inputs, seed: 1);
        Stimuli = [.. Enumerable.Range(0, Batch).Select(_ => new Stimulus(Network.TimeSteps))];
        Rows = [.. Enumerable.Range(0, Batch)];
        for (int row = 0; row < Batch; row++) _samples.Add(_images.AsSpan(row * Inputs, Inputs), row % Classes);
        Draw();
        DrawPacked();
    }

    public static SpikingNetworkOptions Options => SpikingNetworkOptions.Reference;

    public static SpikingNetwork Network => Options.Network;

    /// <summary>Its one layer.</summary>
    public static ColumnLayer Layer => Network.ColumnLayers[0];

    public SampleEncoder Encoder { get; }

    /// <summary>The columns' weights, [column, neuron, input].</summary>
    public float[] Weights { get; }

    /// <summary>The batch as <see cref="TableEngine"/> takes it.</summary>
    public PackedSpikes Packed { get; } = new(Network.TimeSteps, Inputs, Batch);

    /// <summary>The batch as <see cref="CpuEngine"/> takes it.</summary>
    public Stimulus[] Stimuli { get; }

    public int[] Rows { get; }

    /// <summary>Draws the batch's spike trains.</summary>
    public void Draw() => Parallel.For(0, Batch, sample =>
    {
        Span<float> features = Stimuli[sample].Features(Inputs);
        _images.AsSpan(sample * Inputs, Inputs).CopyTo(features);
        Encoder.Train(features, CounterRandom.FromSeed(sample), Stimuli[sample]);
    });

    /// <summary>Draws the batch's packed spikes, from the bytes that images are held as.</summary>
    public void DrawPacked() => _samples.Draw(Encoder, Rows, CounterRandom.FromSeed(1), Packed);

    /// <summary>[row, input].</summary>
    public Tensor Features() => tensor(_images, [Batch, Inputs]);

    public static int[] Labels { get; } = [.. Enumerable.Range(0, Batch).Select(i => i % Classes)];

    public static NetworkArrays Arrays() => new(Network, Inputs, Classes, seed: 1);

    public static NetworkTensors Tensors() => new(Network, Inputs, Classes, seed: 1, CPU);

    public CpuEngine CpuEngine() => new(Network, [Weights], Inputs, Encoder, samples: null, Network.TimeSteps);

    public TableEngine TableEngine() => Managed.TableEngine.TryCreate(Network, Weights, Inputs, Encoder, _samples, Network.TimeSteps)!;

    public TorchEngine TorchEngine() => new(Network, [Weights], Inputs, DeviceSamples.Intensities(Features(), 1, Encoder), CPU);

    /// <param name="features">[row, input], which the caller keeps.</param>
    public ReferenceLoop ReferenceLoop(Tensor features)
    {
        var standardisation = new StandardisationTensors(Encoder.Standardisation, CPU);
        return new(Network, Weights, Inputs, (network, rows)
            => Network.ChosenCode.Probability(standardisation.Apply(features.index_select(0, rows)), network.InputScale!.detach()));
    }

    /// <summary>A fifth of the pixels are bright, as in MNIST.</summary>
    private static float[] Images()
    {
        var random = CounterRandom.FromSeed(9);
        return [.. Enumerable.Range(0, Batch * Inputs)
            .Select(i => random.Uniform(2 * (ulong)i) < 0.19 ? (int)(256 * random.Uniform(2 * (ulong)i + 1)) / 255f : 0)];
    }
}
