using Microsoft.ML.Spiking.Kernels;
using Microsoft.ML.Spiking.State;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Descent;

/// <summary>Weights in an array, whose gradient is worked out by hand.</summary>
/// <remarks>The gradient is zeroed after each step; until something is written to it, it is zero, and the weights decay and coast as AdamW says.</remarks>
internal sealed class TrainedArray(AlignedFloats weights, AlignedFloats gradient) : TrainedWeights
{
    private readonly AlignedFloats _mean = new(weights.Length), _square = new(weights.Length);

    public AlignedFloats Weights => weights;

    /// <summary>∂loss/∂weights, to be written or added to before each step.</summary>
    public AlignedFloats Gradient => gradient;

    public override bool HasGradient => true;

    public override Tensor SquaredNorm() => tensor((float)AdamWKernel.SumOfSquares(new FixedFloats(gradient)), CPU);

    public override void Dispose() { }

    protected override (StateArray Mean, StateArray Square) Moments(string mean, string square) => (StateArray.Of(mean, _mean), StateArray.Of(square, _square));

    protected override void Step(AdamW rule, Tensor clip, double learningRate, int n)
    {
        AdamWKernel.Step(new FixedFloats(weights), new FixedFloats(gradient), new FixedFloats(_mean), new FixedFloats(_square),
            AdamWStep.Of(rule, clip.item<float>(), learningRate, n));
        gradient.Span.Clear();
    }
}
