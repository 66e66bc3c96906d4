namespace Microsoft.ML.Spiking.Tests;

/// <summary>The neuron of a golden file.</summary>
internal static class GoldenNeuron
{
    public static LifNeuron Neuron(this GoldenFile file) => new()
    {
        MembraneTimeConstant = file.Number("parameters.tau_mem"),
        SynapseTimeConstant = file.Number("parameters.tau_syn"),
        Threshold = (float)file.Number("parameters.threshold"),
        Reset = (float)file.Number("parameters.reset"),
    };
}
