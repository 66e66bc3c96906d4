using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Tests.Codes;

/// <summary>The torch engine and the scorer see the same of a row, code by code, and fire the same spikes.</summary>
[TestClass]
public class CodeAgreementTests
{
    private const int Rows = 6, Steps = 12, Width = 36;

    public static IEnumerable<object[]> Noiseless =>
    [
        [new DirectCode()], [new LatencyCode { MinimumIntensity = 0.05 }], [new DeltaCode()], [new TopKCode { Fraction = 0.3, MinimumIntensity = 0.2 }],
        [new SequenceCode()], [new SequenceCode { Step = new TopKCode { Fraction = 0.7, MinimumIntensity = 0.2 } }],
    ];

    public static IEnumerable<object[]> Noisy => [[new RateCode()], [new SigmoidCode()]];

    [TestMethod]
    [DynamicData(nameof(Noiseless))]
    public void Without_noise_training_on_a_device_fires_what_the_scorer_does(SpikeCode code) => Agree(Options(code, new TrainingCode()), (network, encoder, features, columns) =>
    {
        using DeviceSamples samples = DeviceSamples.Intensities(features, 1, encoder);
        Tensor drawn = samples.Draw(network.ForCode(), arange(Rows, dtype: int64), CounterRandom.FromSeed(1)).Input;
        return drawn.dim() == 2 ? columns.RunConstant(network, drawn) : columns.Run(network, drawn);
    });

    [TestMethod]
    [DynamicData(nameof(Noisy))]
    public void The_expectation_of_a_noisy_code_fires_the_same_in_both(SpikeCode code) => Agree(Options(code, new ExpectedCode()), (network, encoder, features, columns) =>
    {
        using var standardisation = new StandardisationTensors(encoder.Standardisation, CPU);
        return columns.RunConstant(network, network.Network.EvaluationCode.Encode(code.Probability(standardisation.Apply(features), network.InputScale?.detach())));
    });

    private static void Agree(SpikingNetworkOptions options, Func<NetworkTensors, SampleEncoder, Tensor, TorchEngine, IReadOnlyList<LayerPass>> runOnTorch)
    {
        LibTorch.EnsureLoaded();
        using var scope = NewDisposeScope();
        InputShape shape = options.Network.ChosenCode.Shape(InputShape.Intensities(Steps, Width / Steps))!;
        float[] x = Features(), weights = ColumnInitialiser.Draw(options.Network.ColumnLayers[0], shape.Inputs, seed: 1);
        using var network = new NetworkTensors(options.Network, shape.Inputs, classes: 2, seed: 1, CPU);
        var encoder = new SampleEncoder(options.Network, options.Network.ChosenCode.Standardise(FeatureStatistics.Shared(mean: 0.5, deviation: 0.3, low: 0, high: 1), FeatureScaling.Shared), network.InputScale?.Read() ?? []);
        using var torchColumns = new TorchEngine(options.Network, [weights], shape.Inputs, samples: null, CPU);
        var cpu = new CpuEngine(options.Network, [weights], shape.Inputs, encoder, samples: null, Steps);

        float[] expected = runOnTorch(network, encoder, tensor(x, [Rows, Width]), torchColumns)[0].Accumulated().Read();
        Stimulus[] stimuli = [.. Enumerable.Range(0, Rows).Select(row =>
        {
            var stimulus = new Stimulus(Steps);
            encoder.Evaluate(x.AsSpan(row * Width, Width), stimulus);
            return stimulus;
        })];
        float[] actual = cpu.Run(new NetworkArrays(options.Network, shape.Inputs, classes: 2, seed: 1), stimuli, Rows)[0].Accumulated.ToArray();

        Assert.IsGreaterThan(100, expected.Count(spikes => spikes != 0), "the columns must fire for this to tell anything");
        CollectionAssert.AreEqual(expected, actual, "signed spikes of each neuron");
    }

    /// <summary>Without modulation a neuron's sum is its number of spikes; strong weights make even a few inputs count.</summary>
    private static SpikingNetworkOptions Options(SpikeCode code, EvaluationCode evaluation) => new()
    {
        Network = new SpikingNetwork
        {
            TimeSteps = Steps,
            Readout = new Readout { HiddenUnits = 4 },
            Code = code,
            EvaluationCode = evaluation,
            Layers =
            [
                new ColumnLayer
                {
                    Columns = 5,
                    NeuronsPerColumn = 20,
                    Wiring = new WattsStrogatz { Neighbours = 4 },
                    Modulation = 0,
                    ExcitatoryGain = 2,
                    InhibitoryGain = 2,
                },
            ],
        },
    };

    /// <summary>Uniform, in steps of 1/50, so that some are equal.</summary>
    private static float[] Features()
    {
        var random = CounterRandom.FromSeed(4);
        return [.. Enumerable.Range(0, Rows * Width).Select(i => (float)Math.Round(50 * random.Uniform((ulong)i)) / 50)];
    }
}
