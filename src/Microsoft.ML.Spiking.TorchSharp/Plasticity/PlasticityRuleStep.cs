namespace Microsoft.ML.Spiking.Plasticity;

/// <summary><see cref="PlasticityRule"/> on tensors.</summary>
internal static class PlasticityRuleStep
{
    /// <summary>What a training batch teaches a layer.</summary>
    public static void Learn(this PlasticityRule rule, LayerTensors layer, LayerPass pass)
    {
        switch (rule)
        {
            case CorrelationStdp correlation: correlation.Learn(layer.Plasticity, pass.AllRates, layer.InterWeights, layer.Topology); break;
            case ProductStdp product: product.Learn(layer.Plasticity, pass.Rates(), pass.Accumulated.detach(), layer.InterWeights, layer.Topology); break;
            default: throw new NotSupportedException($"{rule.GetType().Name} has no form on tensors.");
        }
    }
}
