using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Samples.Ablations;

/// <summary>Adam (Kingma and Ba 2015). Its constants are scalars that live as long as it does: those of TorchSharp's optimisers are left to the finaliser.</summary>
internal sealed class Adam(Parameter[] parameters) : IDisposable
{
    private const double Beta1 = 0.9, Beta2 = 0.999;

    private readonly Scalar _beta1 = Beta1.ToScalar(), _rest1 = (1 - Beta1).ToScalar(), _beta2 = Beta2.ToScalar(), _rest2 = (1 - Beta2).ToScalar(), _epsilon = 1e-8.ToScalar(), _one = 1.0.ToScalar();
    private readonly (Tensor Mean, Tensor Square)[] _moments = [.. parameters.Select(p => (zeros_like(p, requires_grad: false).DetachFromDisposeScope(), zeros_like(p, requires_grad: false).DetachFromDisposeScope()))];
    private int _steps;

    /// <summary>Takes a step and forgets the gradients.</summary>
    public void Step(double learningRate)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        _steps++;
        Tensor rate = tensor((float)(learningRate / (1 - Math.Pow(Beta1, _steps)))), bias = tensor((float)Math.Sqrt(1 - Math.Pow(Beta2, _steps)));
        for (int i = 0; i < parameters.Length; i++)
        {
            Tensor gradient = parameters[i].grad!;
            var (mean, square) = _moments[i];
            mean.mul_(_beta1).add_(gradient, _rest1);
            square.mul_(_beta2).addcmul_(gradient, gradient, _rest2);
            parameters[i].sub_(mean / (square.sqrt() / bias).add_(_epsilon, _one) * rate);
            parameters[i].grad = null;
        }
    }

    public void Dispose()
    {
        foreach (var (mean, square) in _moments)
        {
            mean.Dispose();
            square.Dispose();
        }
        foreach (Scalar scalar in (Scalar[])[_beta1, _rest1, _beta2, _rest2, _epsilon, _one]) scalar.Dispose();
    }
}
