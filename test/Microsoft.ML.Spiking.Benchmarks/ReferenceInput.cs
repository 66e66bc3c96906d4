using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>A batch for the published network: stand-ins for digits, as each engine takes them.</summary>
internal sealed class ReferenceInput
{
    public const int Inputs = 784, Classes = 10, Batch = 128;

    private readonly float[] _images = Images();

    public ReferenceInput()
    {
        float[] inputScale = [.. Enumerable.Repeat((float)Options.Code.InitialInputScale!.Value, Inputs)];
        Encoder = new SampleEncoder(Options, Options.Code.Standardise(default), inputScale);
        Weights = ColumnInitialiser.Draw(Options, Inputs, seed: 1);
        Stimuli = [.. Enumerable.Range(0, Batch).Select(_ => new Stimulus(Options.TimeSteps))];
        Rows = [.. Enumerable.Range(0, Batch)];
        Draw();
    }

    public static SpikingNetworkOptions Options => SpikingNetworkOptions.Reference;

    public SampleEncoder Encoder { get; }

    /// <summary>The columns' weights, [column, neuron, input].</summary>
    public float[] Weights { get; }

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

    /// <summary>[row, input].</summary>
    public Tensor Features() => tensor(_images, [Batch, Inputs]);

    public static Tensor Labels() => tensor([.. Enumerable.Range(0, Batch).Select(i => (long)(i % Classes))]);

    public static SpikingNetwork Network() => new(Options, Inputs, Classes, seed: 1, CPU);

    public CpuColumns CpuColumns() => new(Options, Weights, Inputs, Encoder, samples: null, Options.TimeSteps);

    public TorchColumns TorchColumns() => new(Options, Weights, Inputs, DeviceSamples.Intensities(Features(), 1, Encoder), CPU);

    /// <param name="features">[row, input], which the caller keeps.</param>
    public ReferenceLoop ReferenceLoop(Tensor features) => new(Options, Weights, Inputs,
        (network, rows) => Options.Code.Probability(Encoder.Standardisation, features.index_select(0, rows), network.InputScale!.detach()));

    /// <summary>A fifth of the pixels are bright, as in MNIST.</summary>
    private static float[] Images()
    {
        var random = CounterRandom.FromSeed(9);
        return [.. Enumerable.Range(0, Batch * Inputs).Select(i => random.Uniform(2 * (ulong)i) < 0.19 ? (float)random.Uniform(2 * (ulong)i + 1) : 0)];
    }
}
