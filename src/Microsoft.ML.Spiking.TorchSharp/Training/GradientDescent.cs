using TorchSharp;
using TorchSharp.Modules;
using static Microsoft.ML.Spiking.RootedScalars;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking;

/// <summary><see cref="AdamW"/> over a network's parameters: clips the gradient, sets the scheduled learning rates and steps.</summary>
/// <remarks>Our own steps, not TorchSharp's: those leave their scalars to the finaliser (<see cref="RootedScalars"/>).</remarks>
internal sealed class GradientDescent : IDisposable
{
    private readonly AdamW _rule;
    private readonly SpikingNetwork _network;
    private readonly (Parameter[] Parameters, double LearningRate)[] _groups;
    private readonly Dictionary<Parameter, Moments> _moments = new(ReferenceEqualityComparer.Instance);
    private readonly long _total;
    private long _done;

    /// <param name="network">Whose parameters are trained.</param>
    /// <param name="total">Batches in all, for the schedule.</param>
    public GradientDescent(SpikingNetwork network, long total)
    {
        (_rule, _network, _total) = (network.Options.Optimiser, network, total);
        double rate = _rule.LearningRate;
        _groups =
        [
            ([.. network.Readout], rate),
            ([network.InterWeights], rate * _rule.InterWeightFactor),
            (network.InputScale is { } scale ? [scale] : [], rate * _rule.InputScaleFactor),
        ];
    }

    /// <summary>Learning rates of the next step: readout, connections between columns, input scale.</summary>
    public double[] LearningRates => [.. _groups.Select(group => _rule.Scheduled(group.LearningRate, _done, _total))];

    /// <summary>Euclidean norm of the gradient over all parameters that have one, a scalar on the device.</summary>
    public Tensor GradientNorm()
    {
        using var scope = NewDisposeScope();
        Tensor squares = zeros([], device: _network.Device);
        foreach (Parameter parameter in _network.Parameters)
            if (parameter.grad is { } gradient) squares = squares.add((gradient * gradient).sum(), One);
        return squares.sqrt().MoveToOuterDisposeScope();
    }

    /// <summary>Clips, steps and forgets the gradients. A parameter without a gradient stays as it is.</summary>
    public void Step()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor clip = GradientNorm().add(1e-6.Rooted(), One).reciprocal().mul(_rule.GradientNormLimit.Rooted()).clamp_max(1.0.Rooted());
        double[] rates = LearningRates;
        _done++;
        for (int g = 0; g < _groups.Length; g++)
        {
            foreach (Parameter parameter in _groups[g].Parameters)
            {
                if (parameter.grad is not { } gradient) continue;
                Update(parameter, gradient.mul_(clip), rates[g]);
                parameter.grad = null;
            }
        }
    }

    public void Dispose()
    {
        foreach (Moments moments in _moments.Values) moments.Dispose();
    }

    /// <summary>
    /// w ← w · (1 - η·decay) - η · m̂ / (√v̂ + ε), with m and v the running means of the gradient and its square, and m̂ and v̂ without their bias.
    /// </summary>
    private void Update(Parameter parameter, Tensor gradient, double learningRate)
    {
        if (!_moments.TryGetValue(parameter, out Moments? moments)) _moments[parameter] = moments = new Moments(parameter);
        Tensor mean = moments.Mean.mul_(_rule.Beta1.Rooted()).add_(gradient, alpha: (1 - _rule.Beta1).Rooted());
        Tensor square = moments.Square.mul_(_rule.Beta2.Rooted()).addcmul_(gradient, gradient, (1 - _rule.Beta2).Rooted());
        moments.Steps++;
        Tensor meanBias = tensor((float)(1 - Math.Pow(_rule.Beta1, moments.Steps))), squareBias = tensor((float)Math.Sqrt(1 - Math.Pow(_rule.Beta2, moments.Steps)));
        Tensor step = mean / (square.sqrt().div_(squareBias)).add_(_rule.Epsilon.Rooted(), One);
        parameter.mul_(tensor((float)(1 - learningRate * _rule.WeightDecay)));
        parameter.sub_(step.mul_(tensor((float)learningRate) / meanBias));
    }

    private sealed class Moments(Tensor parameter) : IDisposable
    {
        public Tensor Mean { get; } = zeros_like(parameter, requires_grad: false).DetachFromDisposeScope();

        public Tensor Square { get; } = zeros_like(parameter, requires_grad: false).DetachFromDisposeScope();

        public int Steps { get; set; }

        public void Dispose()
        {
            Mean.Dispose();
            Square.Dispose();
        }
    }
}
