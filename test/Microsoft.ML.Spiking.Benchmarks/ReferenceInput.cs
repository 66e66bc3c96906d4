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
        float[] inputScale = [.. Enumerable.Repeat((float)Options.ChosenCode.InitialInputScale!.Value, Inputs)];
        Encoder = new SampleEncoder(Options, Options.ChosenCode.Standardise(FeatureStatistics.None, FeatureScaling.Shared), inputScale);
        Weights = ColumnInitialiser.Draw(Options, Inputs, seed: 1);
        Stimuli = [.. Enumerable.Range(0, Batch).Select(_ => new Stimulus(Options.TimeSteps))];
        Rows = [.. Enumerable.Range(0, Batch)];
        for (int row = 0; row < Batch; row++) _samples.Add(_images.AsSpan(row * Inputs, Inputs), row % Classes);
        Draw();
        DrawPacked();
    }

    public static SpikingNetworkOptions Options => SpikingNetworkOptions.Reference;

    public SampleEncoder Encoder { get; }

    /// <summary>The columns' weights, [column, neuron, input].</summary>
    public float[] Weights { get; }

    /// <summary>The batch as <see cref="TableColumns"/> takes it.</summary>
    public PackedSpikes Packed { get; } = new(Options.TimeSteps, Inputs, Batch);

    /// <summary>The batch as <see cref="CpuColumns"/> takes it.</summary>
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

    public static Tensor Labels() => tensor([.. Enumerable.Range(0, Batch).Select(i => (long)(i % Classes))]);

    public static SpikingNetwork Network() => new(Options, Inputs, Classes, seed: 1, CPU);

    public CpuColumns CpuColumns() => new(Options, Weights, Inputs, Encoder, samples: null, Options.TimeSteps);

    /// <exception cref="PlatformNotSupportedException">There are no tables without AVX-512.</exception>
    public TableColumns TableColumns() => Microsoft.ML.Spiking.TableColumns.TryCreate(Options, Weights, Inputs, Encoder, _samples, Options.TimeSteps)
        ?? throw new PlatformNotSupportedException("The table engine needs a processor with AVX-512BW.");

    public TorchColumns TorchColumns() => new(Options, Weights, Inputs, DeviceSamples.Intensities(Features(), 1, Encoder), CPU);

    /// <param name="features">[row, input], which the caller keeps.</param>
    public ReferenceLoop ReferenceLoop(Tensor features)
    {
        var standardisation = new StandardisationTensors(Encoder.Standardisation, CPU);
        return new(Options, Weights, Inputs, (network, rows) => Options.ChosenCode.Probability(standardisation.Apply(features.index_select(0, rows)), network.InputScale!.detach()));
    }

    /// <summary>A fifth of the pixels are bright, as in MNIST.</summary>
    private static float[] Images()
    {
        var random = CounterRandom.FromSeed(9);
        return [.. Enumerable.Range(0, Batch * Inputs).Select(i => random.Uniform(2 * (ulong)i) < 0.19 ? (int)(256 * random.Uniform(2 * (ulong)i + 1)) / 255f : 0)];
    }
}
