using Microsoft.ML.Spiking;
using static Microsoft.ML.BinaryClassificationCatalog;

namespace Microsoft.ML;

/// <summary>Spiking networks in <c>ml.BinaryClassification.Trainers</c>.</summary>
/// <remarks><see cref="SpikingNetworkCatalog"/> has those of any number of classes; for regression there is none yet.</remarks>
public static class SpikingNetworkBinaryCatalog
{
    /// <summary>Trains a spiking network of cortical columns to answer yes or no, with default options.</summary>
    /// <param name="catalog">ml.BinaryClassification.Trainers.</param>
    /// <param name="labelColumnName">The answer, a Boolean.</param>
    /// <param name="featureColumnName">Intensities, Vector&lt;Single&gt;, or spike trains, Vector&lt;Boolean, [time, inputs]&gt;.</param>
    /// <param name="exampleWeightColumnName">How much each row counts, Single; null where all count alike.</param>
    public static SpikingNetworkBinaryTrainer SpikingNetwork(this BinaryClassificationTrainers catalog,
        string labelColumnName = "Label", string featureColumnName = "Features", string? exampleWeightColumnName = null)
        => SpikingNetwork(catalog, new SpikingNetworkOptions
        {
            LabelColumnName = labelColumnName, FeatureColumnName = featureColumnName, ExampleWeightColumnName = exampleWeightColumnName,
        });

    /// <summary>Trains a spiking network of cortical columns to answer yes or no.</summary>
    /// <param name="catalog">ml.BinaryClassification.Trainers.</param>
    /// <param name="options">How it is built and trained; the same options as for any number of classes.</param>
    /// <exception cref="ArgumentException">The options ask for what cannot be.</exception>
    public static SpikingNetworkBinaryTrainer SpikingNetwork(this BinaryClassificationTrainers catalog, SpikingNetworkOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new SpikingNetworkBinaryTrainer(MLNet.Environment(catalog), options);
    }
}
