namespace Microsoft.ML.Spiking;

/// <summary>The gradient of the loss flows back through time and through the spikes, by a surrogate of their derivative, to the columns' weights and the inputs' scale.</summary>
public sealed record Surrogate : ColumnLearning
{
    /// <summary>What stands for the derivative of a spike. Default: <see cref="ATan"/>.</summary>
    public SurrogateGradient Gradient { get; init; } = new ATan();

    /// <summary>Whether the gradient flows through resets. Default <see cref="ResetGradient.Detached"/>.</summary>
    public ResetGradient Reset { get; init; } = ResetGradient.Detached;

    internal override void Check() => Gradient.Check();
}
