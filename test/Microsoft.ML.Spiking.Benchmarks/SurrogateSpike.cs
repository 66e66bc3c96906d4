using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>The spike of the peers' neurons: a step forwards, the derivative of an arctangent of slope 2 backwards, as one function of autograd.</summary>
internal sealed class SurrogateSpike : autograd.SingleTensorFunction<SurrogateSpike>
{
    private const double HalfPi = Math.PI / 2 * 2;   // of slope 2

    public override string Name => nameof(SurrogateSpike);

    public override Tensor forward(autograd.AutogradContext context, params object[] arguments)
    {
        var v = (Tensor)arguments[0];
        context.save_for_backward([v]);
        return v.ge(0).to_type(float32);
    }

    public override List<Tensor> backward(autograd.AutogradContext context, Tensor gradient)
    {
        Tensor scaled = context.get_saved_variables()[0].mul(HalfPi);
        return [gradient.div(scaled.mul_(scaled).add_(1))];
    }
}
