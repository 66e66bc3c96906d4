namespace Microsoft.ML.Spiking;

/// <summary>What the gradient of one time step of all neurons is made of: see <see cref="LifGradientStepKernel"/>.</summary>
/// <param name="accumulated">∂loss/∂accumulated, [lane].</param>
/// <param name="gains">What each spike of a column counts in the step, [column].</param>
/// <param name="rates">∂loss/∂rate / neurons, [column].</param>
/// <param name="membranes">∂loss/∂membrane of the next step, [lane]; becomes this step's.</param>
/// <param name="synapses">∂loss/∂synapse of the next step, [lane]; becomes this step's.</param>
/// <param name="heard">Is added Σ over a column's neurons of ∂loss/∂current, [column].</param>
internal readonly ref struct StepGradient(
    ReadOnlySpan<float> accumulated, ReadOnlySpan<float> gains, ReadOnlySpan<float> rates, Span<float> membranes, Span<float> synapses, Span<float> heard)
{
    public readonly ReadOnlySpan<float> Accumulated = accumulated, Gains = gains, Rates = rates;
    public readonly Span<float> Membranes = membranes, Synapses = synapses, Heard = heard;
}
