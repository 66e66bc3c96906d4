using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>
/// One training step of 784 inputs, 1,024 LIF neurons and 10 classes over 10 time steps, batch 128: plain torch, as spiking libraries on PyTorch have it
/// (snnTorch, Norse, SpikingJelly), and managed code.
/// </summary>
/// <remarks>
/// <para>Alike on both sides: the sizes; pixels as Poisson spikes, drawn anew in each step of training; LIF neurons that are reset where they fire; backward
/// through all time steps, through the derivative of an arctangent of slope 2, resets not differentiated; cross entropy; AdamW over all weights.</para>
/// <para>Not alike: (1) torch has a second layer of 10 LIF neurons, and the loss reads their spikes, summed over time; ours has a linear readout of the
/// 1,024 neurons' spike rates, so that torch does ten small products where ours does one, about 1 % of the products. (2) The peers' LIF neuron has a
/// membrane alone; ours has a synapse too, and a fifth of ours are inhibitory, so ours does more. (3) Ours skips inputs that are silent, as events; torch
/// multiplies by their zeros. On MNIST's digits a sixth of the inputs are not silent; that is a good part of the difference, and it is what a spiking library
/// is for. (4) Torch's biases, 1,034 numbers, are trained too; ours has those of the readout. (5) Ours clips the gradient's norm and works out the rates of
/// its columns, which torch does not. (6) The peers' numbers are of PyTorch; these are of the same libtorch, called from .NET.</para>
/// </remarks>
internal static class PeerStep
{
    private const int Inputs = 784, Neurons = 1024, Classes = 10, Batch = 128, Steps = 10, Runs = 31, TorchRuns = 15, Rounds = 3;

    private static SpikingNetworkOptions Options { get; } = new()
    {
        Network = new SpikingNetwork
        {
            Code = new RateCode { MaximumProbability = 1 },
            TimeSteps = Steps,
            Layers =
            [
                new ColumnLayer { Columns = 16, NeuronsPerColumn = 64, Modulation = 0, Plasticity = null, StructuralPlasticity = null, Homeostasis = null },
            ],
            Readout = new Readout { HiddenUnits = 0, Dropout = 0 },
        },
        BatchSize = Batch,
    };

    public static void Run()
    {
        LibTorch.EnsureLoaded();
        Machine.Print();
        float[] pixels = Digits.Pixels(new MLContext().Data.TakeRows(Digits.Training(new MLContext()), Batch));
        int[] labels = [.. Enumerable.Range(0, Batch).Select(row => row % Classes)];
        using var scope = NewDisposeScope();
        var (poisson, direct) = (new RateCode { MaximumProbability = 1 }, new DirectCode { Gain = 1 });
        // In turns, so that what else the machine does meets both.
        var ratios = new List<double>();
        double ours = 0;
        for (int round = 0; round < Rounds; round++)
        {
            double torch = PrintTorch("plain torch, Poisson spikes", pixels, labels, spikes: true);
            ours = PrintManaged("managed code, Poisson spikes", pixels, labels, poisson);
            ratios.Add(torch / ours);
            Console.WriteLine($"  times as fast: {ratios[^1]:F1}");
        }
        double directTorch = PrintTorch("plain torch, the pixels as currents in every step", pixels, labels, spikes: false);
        double directOurs = PrintManaged("managed code, the same, its currents summed once", pixels, labels, direct);
        Console.WriteLine($"  times as fast: {directTorch / directOurs:F1}");
        ratios.Sort();
        Console.WriteLine($"peer-step: {ratios[Rounds / 2]:F1} times as fast");
    }

    private static double PrintManaged(string what, float[] pixels, int[] labels, SpikeCode code)
    {
        SpikingNetwork network = Options.Network with { Code = code };
        var samples = new IntensitySamples(InputShape.Intensities(28, 28));
        for (int row = 0; row < Batch; row++) samples.Add(pixels.AsSpan(row * Inputs, Inputs), labels[row]);
        var encoder = new SampleEncoder(network, code.Standardise(samples.Statistics(), FeatureScaling.Shared), default);
        float[][] weights = [ColumnInitialiser.Draw(network.ColumnLayers[0], Inputs, seed: 1)];
        var engine = new CpuEngine(network, weights, Inputs, encoder, samples, Steps);
        var arrays = new NetworkArrays(network, Inputs, Classes, seed: 1);
        GradientDescent descent = arrays.Descent(Options.Optimiser, total: 1000);
        engine.Train(descent);
        var learner = new ManagedLearner(arrays, Options with { Network = network }, engine);
        int[] rows = [.. Enumerable.Range(0, Batch)];
        ulong step = 0;
        double loss = 0;
        double median = Timing.Print(what, Runs, () =>
        {
            loss = learner.Learn(engine.Run(arrays, rows, CounterRandom.FromSeed(1).For(step++)), labels).CrossEntropy;
            descent.Step();
        });
        Console.WriteLine($"  its loss after {step} steps: {loss:F3}");
        return median;
    }

    private static double PrintTorch(string what, float[] pixels, int[] labels, bool spikes)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(1);
        using var hidden = nn.Linear(Inputs, Neurons);
        using var output = nn.Linear(Neurons, Classes);
        using var adam = optim.AdamW([.. hidden.parameters(), .. output.parameters()], 5e-4, weight_decay: 1e-4);
        Tensor x = tensor(pixels, [Batch, Inputs]), y = tensor([.. labels.Select(label => (long)label)]);
        x.div_(x.max());   // whatever the pixels' unit
        double loss = 0;
        int step = 0;
        double median = Timing.Print(what, TorchRuns, () =>
        {
            using var stepScope = NewDisposeScope();
            Tensor membrane = zeros(Batch, Neurons), last = zeros(Batch, Classes), sum = zeros(Batch, Classes);
            for (int t = 0; t < Steps; t++)
            {
                Tensor input = spikes ? bernoulli(x) : x;
                (Tensor fired, membrane) = Fire(hidden.forward(input), membrane);
                (Tensor answered, last) = Fire(output.forward(fired), last);
                sum = sum + answered;
            }
            using Tensor ofBatch = nn.functional.cross_entropy(sum, y);
            adam.zero_grad();
            ofBatch.backward();
            adam.step();
            loss = ofBatch.item<float>();
            step++;
        });
        Console.WriteLine($"  its loss after {step} steps: {loss:F3}");
        return median;
    }

    /// <summary>A LIF neuron of decay 0.9 and threshold 1; it is reset by taking the threshold off.</summary>
    private static (Tensor Spike, Tensor Membrane) Fire(Tensor current, Tensor membrane)
    {
        membrane = membrane * 0.9 + current;
        Tensor spike = SurrogateSpike.apply(membrane - 1);
        return (spike, membrane - spike.detach());
    }
}
