using Microsoft.ML.Spiking.Kernels;
using Microsoft.ML.Spiking.State;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Descent;

/// <summary>A parameter on the CPU: one pass over its memory a step.</summary>
internal sealed class TrainedParameter(Parameter parameter) : TrainedWeights
{
    private readonly AlignedFloats _mean = new((int)parameter.numel()), _square = new((int)parameter.numel());

    private int[] Shape => [.. parameter.shape.Select(d => (int)d)];

    public override bool HasGradient => parameter.grad is not null;

    public override Tensor SquaredNorm() => tensor((float)AdamWKernel.SumOfSquares(new FixedFloats(parameter.grad!.contiguous())), CPU);

    public override void Dispose() { }

    protected override (StateArray Mean, StateArray Square) Moments(string mean, string square)
        => (StateArray.Of(mean, _mean) with { Shape = Shape }, StateArray.Of(square, _square) with { Shape = Shape });

    protected override void Step(AdamW rule, Tensor clip, double learningRate, int n)
    {
        AdamWKernel.Step(new FixedFloats(parameter), new FixedFloats(parameter.grad!.contiguous()), new FixedFloats(_mean), new FixedFloats(_square),
            AdamWStep.Of(rule, clip.item<float>(), learningRate, n));
        parameter.grad = null;
    }
}
