using Microsoft.ML.Spiking.Native;
using Microsoft.ML.Spiking.State;
using TorchSharp.Modules;
using static Microsoft.ML.Spiking.Native.RootedScalars;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Descent;

/// <summary><see cref="GradientDescent"/> on tensors.</summary>
internal sealed class TensorDescent : IDisposable
{
    private readonly Device _device;
    private readonly List<(TrainedTensor Weights, double LearningRate)> _trained = [];
    private readonly long _total;

    /// <param name="rule">By what.</param>
    /// <param name="device">Where the weights are.</param>
    /// <param name="total">Batches in all, for the schedule.</param>
    public TensorDescent(AdamW rule, Device device, long total) => (Rule, _device, _total) = (rule, device, total);

    /// <summary>The rule.</summary>
    public AdamW Rule { get; }

    /// <summary>Steps done.</summary>
    public long Done { get; set; }

    /// <inheritdoc cref="GradientDescent.Steps"/>
    public int[] Steps
    {
        get => [.. _trained.Select(trained => trained.Weights.Steps)];
        set
        {
            if (value.Length != _trained.Count)
                throw new InvalidDataException($"it counts the steps of {value.Length} sets of weights instead of {_trained.Count}.");
            for (int i = 0; i < value.Length; i++) _trained[i].Weights.Steps = value[i];
        }
    }

    /// <summary>AdamW's running means of all of them, for a checkpoint.</summary>
    public IEnumerable<StateArray> State => _trained.SelectMany((trained, i) => trained.Weights.State($"optimiser.{i}"));

    /// <inheritdoc cref="GradientDescent.LearningRates"/>
    public double[] LearningRates => Rule.LearningRates(Done, _total);

    /// <summary>Trains a tensor too.</summary>
    /// <param name="rateFactor">What multiplies the learning rate for it.</param>
    /// <param name="parameter">Its weights, whose gradient autograd leaves.</param>
    /// <param name="order">The order in which checkpoints have them; null for that of the tensor.</param>
    public void Add(double rateFactor, Parameter parameter, WeightOrder? order = null)
        => _trained.Add((new TrainedTensor(parameter) { Order = order }, Rule.LearningRate * rateFactor));

    /// <summary>Euclidean norm of the gradient over all weights that have one, a scalar on the device.</summary>
    public Tensor GradientNorm()
    {
        using var scope = NewDisposeScope();
        Tensor squares = zeros([], float32, _device);
        foreach (var (weights, _) in _trained)
            if (weights.HasGradient) squares = squares.add(weights.SquaredNorm(), One);
        return squares.sqrt().MoveToOuterDisposeScope();
    }

    /// <summary>Clips, steps and forgets the gradients. Weights without a gradient stay as they are.</summary>
    public void Step()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor clip = GradientNorm().add(1e-6.Rooted(), One).reciprocal().mul(Rule.GradientNormLimit.Rooted()).clamp_max(1.0.Rooted());
        foreach (var (weights, rate) in _trained)
            if (weights.HasGradient) weights.Step(Rule, clip, Rule.Scheduled(rate, Done, _total));
        Done++;
    }

    public void Dispose()
    {
        foreach (var (weights, _) in _trained) weights.Dispose();
    }
}
