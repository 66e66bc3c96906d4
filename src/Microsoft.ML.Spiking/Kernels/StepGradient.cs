namespace Microsoft.ML.Spiking.Kernels;

/// <summary>What the gradient of one time step of all neurons is made of: see <see cref="NeuronGradient.Step"/>.</summary>
/// <param name="accumulated">∂loss/∂accumulated, [lane].</param>
/// <param name="above">∂loss/∂spike by a next layer, [lane]; empty where there is none.</param>
/// <param name="gains">What each spike of a column counts in the step, [column].</param>
/// <param name="rates">∂loss/∂rate / neurons, [column].</param>
/// <param name="carried">What the neurons carry from the next step, [word, number, lane]; becomes this step's. All 0 after the last step.</param>
/// <param name="heard">Is added Σ over a column's neurons of ∂loss/∂current, [column].</param>
internal readonly ref struct StepGradient(
    ReadOnlySpan<float> accumulated, ReadOnlySpan<float> above, ReadOnlySpan<float> gains, ReadOnlySpan<float> rates, Span<float> carried, Span<float> heard)
{
    public readonly ReadOnlySpan<float> Accumulated = accumulated, Above = above, Gains = gains, Rates = rates;
    public readonly Span<float> Carried = carried, Heard = heard;
}
