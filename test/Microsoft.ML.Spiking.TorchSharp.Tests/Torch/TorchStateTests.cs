using Microsoft.ML.Spiking.Tests.Model;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Tests.Torch;

/// <summary>What an application has told TorchSharp for the whole process, or for its thread, neither changes a training nor is changed by one.</summary>
[TestClass]
public class TorchStateTests
{
    private static readonly Dictionary<string, Func<IDisposable>> s_states = new()
    {
        ["a default of float64"] = () => new Setting<ScalarType>(get_default_dtype(), float64, set_default_dtype),
        ["a default device that holds no values"] = () => new Setting<Device>(get_default_device(), META, set_default_device),
        ["no_grad"] = no_grad,
        ["set_grad_enabled(false)"] = () => set_grad_enabled(false),
        ["inference_mode"] = () => inference_mode(),
        ["a dispose scope of its own"] = NewDisposeScope,
        ["a seed of its own"] = () => new Setting<long>(random.initial_seed(), 99, seed => random.manual_seed(seed)),
    };

    private static readonly Dictionary<string, SpikingNetworkOptions> s_options = new()
    {
        ["the defaults"] = Toy.Options with { Network = Toy.Options.Network with { Readout = new Readout { HiddenUnits = 16, Dropout = 0.2 } }, EarlyStopping = new(), ValidationFraction = 0.25 },
        ["a reservoir"] = Toy.Options with { Network = Toy.Options.Network.EachLayer(layer => layer with { Learning = new Reservoir(), Plasticity = new CorrelationStdp(), Homeostasis = new Homeostasis(), StructuralPlasticity = new StructuralPlasticity { Interval = 1 } }) },
        ["learning neurons"] = Tensors(new RateCode()),
        ["a learning input scale"] = Tensors(new SigmoidCode()),
        ["latencies"] = Tensors(new LatencyCode()),
        ["the largest"] = Tensors(new TopKCode { Fraction = 0.3 }),
    };

    private static readonly Dictionary<string, byte[]> s_expected = [];

    public static IEnumerable<object[]> Cases => from state in s_states.Keys from options in s_options.Keys select new object[] { state, options };

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void A_training_is_the_same_and_leaves_it_so(string state, string options)
    {
        LibTorch.EnsureLoaded();
        if (!s_expected.TryGetValue(options, out byte[]? expected)) s_expected[options] = expected = Weights(s_options[options]);

        using IDisposable entered = s_states[state]();
        TorchState before = TorchState.Now(entered);
        byte[] weights = Weights(s_options[options]);

        Assert.AreEqual(before, TorchState.Now(entered));
        Assert.IsTrue(expected.AsSpan().SequenceEqual(weights), "the weights differ");
    }

    [TestMethod]
    public void A_training_that_fails_leaves_it_so_too()
    {
        LibTorch.EnsureLoaded();
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        TorchState before = TorchState.Now(scope);

        Assert.ThrowsExactly<NotSupportedException>(() => Weights(Toy.Options with { Progress = new Refusing(), ProgressInterval = 1 }));

        Assert.AreEqual(before, TorchState.Now(scope));
    }

    private static SpikingNetworkOptions Tensors(SpikeCode code)
        => Toy.Options with { Network = Toy.Options.Network.EachLayer(layer => layer with { Learning = new Surrogate { Neurons = NeuronLearning.Both }, Plasticity = new CorrelationStdp() }) with { Code = code, Readout = new Readout { HiddenUnits = 16, Dropout = 0.2 } } };

    private static byte[] Weights(SpikingNetworkOptions options)
    {
        var ml = new MLContext(seed: 1);
        IDataView data = Toy.Data(ml);
        var entries = ModelZip.Entries(ModelZip.Save(ml, ml.MulticlassClassification.Trainers.SpikingNetwork(options with { Engine = TrainingEngine.Torch }).Fit(data), data.Schema));
        return entries.Single(entry => entry.Key.EndsWith("Weights.safetensors", StringComparison.Ordinal)).Value;
    }

    private sealed record TorchState(ScalarType Type, string Device, bool Gradients, bool Inference, string Noise, int Threads, long Kept)
    {
        public static TorchState Now(IDisposable entered)
        {
            using Tensor noise = random.get_rng_state();
            return new(get_default_dtype(), get_default_device().ToString(), is_grad_enabled(), is_inference_mode_enabled(),
                Convert.ToHexString(noise.data<byte>().ToArray()), get_num_threads(), (entered as DisposeScope)?.DisposablesView.Count ?? 0);
        }
    }

    private sealed class Setting<T> : IDisposable
    {
        private readonly T _before;
        private readonly Action<T> _set;

        public Setting(T before, T now, Action<T> set)
        {
            (_before, _set) = (before, set);
            set(now);
        }

        public void Dispose() => _set(_before);
    }

    private sealed class Refusing : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => throw new NotSupportedException();
    }
}
