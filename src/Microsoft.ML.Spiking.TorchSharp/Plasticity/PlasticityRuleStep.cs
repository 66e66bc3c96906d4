using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Plasticity;

/// <summary><see cref="PlasticityRule"/> on tensors.</summary>
internal static class PlasticityRuleStep
{
    /// <summary>What a training batch teaches a layer.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="pass">What it did.</param>
    /// <param name="spikeRate">The mean rate of its neurons, a scalar.</param>
    public static void Learn(this PlasticityRule rule, LayerTensors layer, LayerPass pass, Tensor spikeRate)
    {
        switch (rule)
        {
            case CorrelationStdp correlation:
                correlation.Learn(layer.Plasticity, pass.AllRates, layer.InterWeights, layer.Topology, pass.Heard ?? layer.InterColumnWeights());
                break;
            case ProductStdp product: product.Learn(layer.Plasticity, pass.Rates(), spikeRate, layer.InterWeights, layer.Topology); break;
            default: throw new NotSupportedException($"{rule.GetType().Name} has no form on tensors.");
        }
    }
}
