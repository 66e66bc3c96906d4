using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>
/// The gradient of the loss flows back through time and through the spikes, by a surrogate of their derivative, to the columns' weights and the inputs' scale.
/// </summary>
public sealed record Surrogate : ColumnLearning
{
    /// <summary>What stands for the derivative of a spike. Default: <see cref="ATan"/>.</summary>
    public SurrogateGradient Gradient { get; init; } = new ATan();

    /// <summary>Whether the gradient flows through resets. Default <see cref="ResetGradient.Detached"/>.</summary>
    public ResetGradient Reset { get; init; } = ResetGradient.Detached;

    /// <summary>
    /// Which constants of the neurons learn too; the trained model's <see cref="ColumnLayer.Excitatory"/> and <see cref="ColumnLayer.Inhibitory"/> are
    /// what they have become. Default <see cref="NeuronLearning.None"/>.
    /// </summary>
    public NeuronLearning Neurons { get; init; } = NeuronLearning.None;

    internal override void Check()
    {
        Require.Given(Gradient, "Surrogate.Gradient");
        Gradient.Check();
        Require.That(Enum.IsDefined(Reset), $"Surrogate.Reset is {Reset}, but it must be Detached or Attached.");
        Require.That((Neurons & ~NeuronLearning.Both) == 0, $"Surrogate.Neurons is {Neurons}, but it must be None, Thresholds, TimeConstants or Both.");
    }
}
