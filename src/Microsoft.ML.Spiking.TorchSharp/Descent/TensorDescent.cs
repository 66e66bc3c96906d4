using Microsoft.ML.Spiking.Native;
using Microsoft.ML.Spiking.State;
using TorchSharp;
using TorchSharp.Modules;
using static Microsoft.ML.Spiking.Native.RootedScalars;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Descent;

/// <summary><see cref="GradientDescent"/> on tensors: all weights one after the other, so that a step launches hardly more for many than for one.</summary>
/// <remarks>Our own steps, not TorchSharp's: those leave their scalars to the finaliser (<see cref="RootedScalars"/>).</remarks>
internal sealed class TensorDescent : IDisposable
{
    private readonly Device _device;
    private readonly List<TrainedTensor> _trained = [];
    private readonly long _total;
    private Tensor? _mean, _square, _nothing;

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
        get => [.. _trained.Select(trained => trained.Steps)];
        set
        {
            if (value.Length != _trained.Count)
                throw new InvalidDataException($"it counts the steps of {value.Length} sets of weights instead of {_trained.Count}.");
            for (int i = 0; i < value.Length; i++) _trained[i].Steps = value[i];
        }
    }

    /// <summary>AdamW's running means of all of them, for a checkpoint.</summary>
    public IEnumerable<StateArray> State
    {
        get
        {
            var (mean, square) = Means();
            return _trained.SelectMany((trained, i) => trained.State($"optimiser.{i}", mean, square));
        }
    }

    /// <inheritdoc cref="GradientDescent.LearningRates"/>
    public double[] LearningRates => Rule.LearningRates(Done, _total);

    /// <summary>Trains a tensor too; before the first step.</summary>
    /// <param name="rateFactor">What multiplies the learning rate for it.</param>
    /// <param name="parameter">Its weights, whose gradient autograd leaves.</param>
    /// <param name="order">The order in which checkpoints have them; null for that of the tensor.</param>
    public void Add(double rateFactor, Parameter parameter, WeightOrder? order = null)
        => _trained.Add(new TrainedTensor(parameter, order, Rule.LearningRate * rateFactor, _trained.Count == 0 ? 0 : _trained[^1].End));

    /// <summary>Euclidean norm of the gradient over all weights that have one, a scalar on the device.</summary>
    public Tensor GradientNorm()
    {
        using var scope = NewDisposeScope();
        return Gradient().norm(2f).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Clips, takes a step of AdamW and forgets the gradients: w ← w · (1 - η·decay) - η · m̂ / (√v̂ + ε), with m and v the running means of the gradient and
    /// its square, and m̂ and v̂ without their bias. Weights without a gradient stay as they are.
    /// </summary>
    public void Step()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        TrainedTensor[] moved = [.. _trained.Where(weights => weights.HasGradient)];
        if (moved.Length > 0)
        {
            foreach (TrainedTensor weights in moved) weights.Steps++;
            Step(moved, moved[0].Steps);   // all have taken as many
        }
        Done++;
    }

    public void Dispose()
    {
        foreach (Tensor? tensor in (Tensor?[])[_mean, _square, _nothing]) tensor?.Dispose();
    }

    private void Step(TrainedTensor[] moved, int n)
    {
        Tensor gradient = Gradient();
        // At least 1, which is what divides a gradient that is short enough.
        gradient.div_(gradient.norm(2f).add_(1e-6.Rooted(), One).div_(Rule.GradientNormLimit.Rooted()).clamp_min_(1.0.Rooted()));
        var (mean, square) = Means();
        mean.mul_(Rule.Beta1.Rooted()).add_(gradient, alpha: (1 - Rule.Beta1).Rooted());
        square.mul_(Rule.Beta2.Rooted()).addcmul_(gradient, gradient, (1 - Rule.Beta2).Rooted());

        // m̂ / (√v̂ + ε) = m / (√v + ε√b₂) · √b₂ / b₁, b being the biases.
        double meanBias = 1 - Math.Pow(Rule.Beta1, n), squareBias = Math.Sqrt(1 - Math.Pow(Rule.Beta2, n));
        using Scalar least = Passing(Rule.Epsilon * squareBias);
        Tensor step = mean / square.sqrt().add_(least, One);
        foreach (TrainedTensor weights in moved)
        {
            double rate = Rule.Scheduled(weights.LearningRate, Done, _total);
            weights.Move(step, rate * squareBias / meanBias, 1 - rate * Rule.WeightDecay);
        }
    }

    private Tensor Gradient() => cat([.. _trained.Select(weights => weights.Gradient(Nothing()))]);

    private Tensor Nothing() => _nothing ??= Zeros();

    private (Tensor Mean, Tensor Square) Means() => (_mean ??= Zeros(), _square ??= Zeros());

    private Tensor Zeros() => zeros(_trained[^1].End, float32, _device).DetachFromDisposeScope();
}
