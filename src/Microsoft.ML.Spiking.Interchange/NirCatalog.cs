using System.Collections.Immutable;
using Microsoft.ML.Runtime;
using Microsoft.ML.Spiking;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Hosting;
using Microsoft.ML.Spiking.Nir;

namespace Microsoft.ML;

/// <summary>Networks of NIR files, in <c>ml.Model</c>.</summary>
public static class NirCatalog
{
    /// <summary>
    /// Loads a network from a NIR file: a <see cref="SpikingNetworkTransformer"/>, or where it ends in spikes a <see cref="SpikingFeaturesTransformer"/>
    /// with the rates of its neurons in the column SpikeRate.
    /// </summary>
    /// <param name="catalog">ml.Model.</param>
    /// <param name="path">The file. No other is ever opened.</param>
    /// <param name="options">What NIR does not say; null for the defaults.</param>
    /// <exception cref="InvalidDataException">The file is damaged, no NIR file, or holds what is not read here; the message names it and the node.</exception>
    /// <exception cref="NotSupportedException">The graph computes something else than our networks do; the message names the node, and says what.</exception>
    /// <exception cref="ArgumentException">An option cannot be.</exception>
    public static ITransformer LoadFromNir(this ModelOperationsCatalog catalog, string path, NirNetworkOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        options ??= new NirNetworkOptions();
        NirGraph graph = NirFile.Read(path);
        SpikingModel model = graph.ToSpikingModel(options);
        IHostEnvironment environment = MLNet.Environment(catalog);
        return model.Classes == 0 ? new SpikingFeaturesTransformer(environment, model.Names.SpikeRate, model)
            : new SpikingNetworkTransformer(environment, model, Labels(graph, options.ClassNames, model.Classes));
    }

    private static LabelValues? Labels(NirGraph graph, ImmutableArray<string> given, int classes)
    {
        if (given.IsDefaultOrEmpty)
            return graph.Metadata.GetValueOrDefault(NirNames.Classes) is ImmutableArray<string> named && named.Length == classes ? LabelValues.Of(named) : null;
        return given.Length == classes ? LabelValues.Of(given)
            : throw Trouble.Options.Argument($"ClassNames has {given.Length} names, but the graph gives scores of {classes} classes.");
    }
}
