using Microsoft.ML.Spiking;

namespace Microsoft.ML;

/// <summary>Features that a winner-take-all layer learns without labels, in <c>ml.Transforms</c>.</summary>
public static class WinnerTakeAllFeaturesCatalog
{
    /// <summary>Learns a winner-take-all layer by STDP, without labels, and turns a column into its neurons' spikes, for any trainer to read.</summary>
    /// <remarks>What it does not name is as in <see cref="WinnerTakeAllOptions"/>, which the other overload takes.</remarks>
    /// <param name="catalog">ml.Transforms.</param>
    /// <param name="outputColumnName">The spikes of each neuron in a row, a sparse Vector&lt;Single, neurons&gt;.</param>
    /// <param name="inputColumnName">Intensities, Vector&lt;Single&gt; of a known size.</param>
    /// <param name="neurons">Neurons.</param>
    /// <param name="epochs">Passes over the rows.</param>
    /// <exception cref="ArgumentException">A number is not greater than 0, or a column's name is empty.</exception>
    public static WinnerTakeAllFeaturesEstimator WinnerTakeAllFeatures(this TransformsCatalog catalog, string outputColumnName, string inputColumnName,
        int neurons = 400, int epochs = 2)
        => WinnerTakeAllFeatures(catalog, outputColumnName, inputColumnName,
            new WinnerTakeAllOptions { Network = new() { Neurons = neurons }, Epochs = epochs });

    /// <summary>Learns a winner-take-all layer by STDP, without labels, and turns a column into its neurons' spikes, for any trainer to read.</summary>
    /// <param name="catalog">ml.Transforms.</param>
    /// <param name="outputColumnName">The spikes of each neuron in a row, a sparse Vector&lt;Single, neurons&gt;.</param>
    /// <param name="inputColumnName">Intensities, Vector&lt;Single&gt; of a known size.</param>
    /// <param name="options">How it is built and trained. Its names of columns, and how neurons vote for classes, are left out.</param>
    /// <exception cref="ArgumentException">The options ask for what cannot be, or a column's name is empty.</exception>
    public static WinnerTakeAllFeaturesEstimator WinnerTakeAllFeatures(this TransformsCatalog catalog, string outputColumnName, string inputColumnName,
        WinnerTakeAllOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new WinnerTakeAllFeaturesEstimator(MLNet.Environment(catalog), outputColumnName, inputColumnName, options);
    }
}
