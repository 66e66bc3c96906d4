using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>
/// The gradients by the states of sixteen neurons of <see cref="LearningAdaptiveLifDynamics"/>, and the sums over the steps of those by their constants.
/// </summary>
internal struct LearningAdaptiveLifGradients
{
    public AdaptiveLifStates States;

    public Vector512<float> OfSynapseDecay, OfMembraneDecay, OfThreshold, OfAdaptationDecay, OfStrength;
}
