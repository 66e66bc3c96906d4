using Microsoft.ML.Spiking;

namespace Microsoft.ML;

/// <summary>Spiking columns as features for other trainers, in <c>ml.Transforms</c>.</summary>
public static class SpikingFeaturesCatalog
{
    /// <summary>
    /// Turns a column into the spike rates of the default network's neurons with random weights, a reservoir that any ML.NET trainer can read out.
    /// </summary>
    /// <param name="catalog">ml.Transforms.</param>
    /// <param name="outputColumnName">The rates, Vector&lt;Single, neurons&gt;.</param>
    /// <param name="inputColumnName">Intensities, Vector&lt;Single&gt; of a known size, or spike trains, Vector&lt;Boolean, [time, inputs]&gt;.</param>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    public static SpikingFeaturesEstimator SpikingFeatures(this TransformsCatalog catalog, string outputColumnName, string inputColumnName)
        => SpikingFeatures(catalog, outputColumnName, inputColumnName, new SpikingNetwork());

    /// <summary>Turns a column into the spike rates of neurons with random weights, a reservoir that any ML.NET trainer can read out.</summary>
    /// <param name="catalog">ml.Transforms.</param>
    /// <param name="outputColumnName">The rates, Vector&lt;Single, neurons&gt;.</param>
    /// <param name="inputColumnName">Intensities, Vector&lt;Single&gt; of a known size, or spike trains, Vector&lt;Boolean, [time, inputs]&gt;.</param>
    /// <param name="network">The network. What there is of learning, plasticity and readout in it is left out: the neurons stay as they are drawn.</param>
    /// <param name="seed">What they are drawn from; null for the MLContext's seed, or a random one if it has none.</param>
    /// <exception cref="ArgumentException">A name is empty, or the network asks for what cannot be.</exception>
    public static SpikingFeaturesEstimator SpikingFeatures(this TransformsCatalog catalog, string outputColumnName, string inputColumnName,
        SpikingNetwork network, int? seed = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(network);
        return new SpikingFeaturesEstimator(MLNet.Environment(catalog), outputColumnName, inputColumnName, network, seed);
    }

    /// <summary>Turns a column into the spike rates of a trained network's neurons: what its own readout reads, for another trainer to read.</summary>
    /// <param name="catalog">ml.Transforms.</param>
    /// <param name="outputColumnName">The rates, Vector&lt;Single, neurons&gt;.</param>
    /// <param name="inputColumnName">A column like the one that the network was trained on.</param>
    /// <param name="model">The network, of <see cref="SpikingNetworkTransformer.Model"/>.</param>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    public static SpikingFeaturesEstimator SpikingFeatures(this TransformsCatalog catalog, string outputColumnName, string inputColumnName, SpikingModel model)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        return new SpikingFeaturesEstimator(MLNet.Environment(catalog), outputColumnName, model.WithoutReadout(inputColumnName));
    }
}
