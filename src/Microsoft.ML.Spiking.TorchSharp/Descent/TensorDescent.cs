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
    /// <summary>Weight decay that no float32 shows, and by which one cannot divide.</summary>
    private const double LeastDecay = 1e-20;

    private readonly Device _device;
    private readonly List<TrainedTensor> _trained = [];
    private readonly long _total;
    private Tensor? _weights, _mean, _square, _average, _nothing, _rates, _step;
    private TrainedTensor[] _moved = [];
    private double _factor;

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
            for (int i = 0; i < _trained.Count; i++) _trained[i].Steps = value[i];
        }
    }

    /// <summary>AdamW's running means of all of them, for a checkpoint.</summary>
    public IEnumerable<StateArray> State
    {
        get
        {
            var (mean, square) = Means();
            Tensor? average = Rule.AverageMemory > 0 ? Average() : null;
            return _trained.SelectMany((trained, i) => trained.State($"optimiser.{i}", mean, square, average));
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
        if (Rule.AverageMemory > 0) Average();   // before the first step
        TrainedTensor[] moved = [.. _trained.Where(weights => weights.HasGradient)];
        _step?.Dispose();
        _step = null;
        if (moved.Length > 0)
        {
            foreach (TrainedTensor weights in moved) weights.Steps++;
            Step(moved, moved[0].Steps);   // all have taken as many
            foreach (TrainedTensor weights in moved) weights.Forget();
        }
        Done++;
        if (Rule.AverageMemory == 0) return;
        using Scalar share = Passing(Rule.AverageShare((int)Done));
        Average().add_(Joined().add(Average(), alpha: (-1.0).Rooted()), alpha: share);
    }

    /// <inheritdoc cref="GradientDescent.OfModel"/>
    public T OfModel<T>(Func<T> read)
    {
        if (Rule.AverageMemory == 0) return read();
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor average = Average(), weights = Joined(), own = weights.clone();
        weights.copy_(average);
        try
        {
            return read();
        }
        finally
        {
            weights.copy_(own);
        }
    }

    /// <summary>
    /// How far the last step has moved a tensor: its own part of a direction, and what multiplies that. Null where it has not been moved.
    /// </summary>
    public (Tensor Direction, double Rate)? Moved(Parameter parameter)
        => _step is not null && _moved.SingleOrDefault(weights => weights.Is(parameter)) is { } own
            ? (own.Own(_step), Rule.Scheduled(own.LearningRate, Done - 1, _total) * _factor) : null;

    public void Dispose()
    {
        foreach (Tensor? tensor in (Tensor?[])[_weights, _mean, _square, _average, _nothing, _rates, _step]) tensor?.Dispose();
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
        double squareBias = Math.Sqrt(1 - Math.Pow(Rule.Beta2, n)), unbiased = squareBias / (1 - Math.Pow(Rule.Beta1, n));
        // The step and the decay together, one of them with the factor 1: decay · w + m̂ / (√v̂ + ε), and its negative by the rates is what w moves.
        double decay = Rule.WeightDecay;
        bool decays = decay > LeastDecay;
        _factor = decays ? decay : unbiased;
        using Scalar least = Passing(Rule.Epsilon * squareBias), share = Passing(unbiased / (decays ? decay : 1)), down = Passing(-_factor);
        Tensor root = square.sqrt().add_(least, One), weights = Joined();
        _step = (decays ? weights.addcdiv(mean, root, share) : mean / root).DetachFromDisposeScope();
        weights.addcmul_(Rates(moved), _step, down);
    }

    private Tensor Gradient() => cat([.. _trained.Select(weights => weights.Gradient(Nothing()))]);

    /// <summary>All weights, one after the other: the parameters are views of it from the first step on.</summary>
    private Tensor Joined()
    {
        if (_weights is not null) return _weights;
        _weights = cat([.. _trained.Select(weights => weights.Flat())]).DetachFromDisposeScope();
        foreach (TrainedTensor weights in _trained) weights.BecomePartOf(_weights);
        return _weights;
    }

    /// <summary>The learning rate of each weight now, 0 of those that have no gradient.</summary>
    private Tensor Rates(TrainedTensor[] moved)
    {
        if (_rates is null || !moved.SequenceEqual(_moved))
        {
            _rates?.Dispose();
            // Of each weight the rate in the end, and how far that in the beginning is above it.
            Tensor Of(Func<TrainedTensor, double> rate)
                => cat([.. _trained.Select(weights => weights.Each(moved.Contains(weights) ? rate(weights) : 0, _device))]);
            _rates = stack([Of(_ => Rule.FinalLearningRate), Of(weights => weights.LearningRate - Rule.FinalLearningRate)]).DetachFromDisposeScope();
            _moved = moved;
        }
        using Scalar schedule = Passing(Rule.Scheduled(1, Done, _total) - Rule.Scheduled(0, Done, _total));
        return _rates[0].add(_rates[1], alpha: schedule);
    }

    private Tensor Nothing() => _nothing ??= Zeros();

    private (Tensor Mean, Tensor Square) Means() => (_mean ??= Zeros(), _square ??= Zeros());

    /// <summary>The running mean of the weights, which begins as they do.</summary>
    private Tensor Average()
    {
        if (_average is not null) return _average;
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        return _average = Joined().clone().DetachFromDisposeScope();
    }

    private Tensor Zeros() => zeros(_trained[^1].End, float32, _device).DetachFromDisposeScope();
}
