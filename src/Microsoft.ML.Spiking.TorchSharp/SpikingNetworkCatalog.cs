using Microsoft.ML.Spiking;
using static Microsoft.ML.MulticlassClassificationCatalog;

namespace Microsoft.ML;

/// <summary>Spiking networks in <c>ml.MulticlassClassification.Trainers</c>.</summary>
/// <remarks><see cref="SpikingNetworkBinaryCatalog"/> has those of <c>ml.BinaryClassification.Trainers</c>; for regression there is none yet.</remarks>
public static class SpikingNetworkCatalog
{
    /// <summary>Trains a spiking network of cortical columns to tell classes apart, with default options.</summary>
    /// <param name="catalog">ml.MulticlassClassification.Trainers.</param>
    /// <param name="labelColumnName">The class, a key.</param>
    /// <param name="featureColumnName">Intensities, Vector&lt;Single&gt;, or spike trains, Vector&lt;Boolean, [time, inputs]&gt;.</param>
    /// <param name="exampleWeightColumnName">How much each row counts, Single; null where all count alike.</param>
    public static SpikingNetworkTrainer SpikingNetwork(this MulticlassClassificationTrainers catalog,
        string labelColumnName = "Label", string featureColumnName = "Features", string? exampleWeightColumnName = null)
        => SpikingNetwork(catalog, new SpikingNetworkOptions
        {
            LabelColumnName = labelColumnName, FeatureColumnName = featureColumnName, ExampleWeightColumnName = exampleWeightColumnName,
        });

    /// <summary>Trains a spiking network of cortical columns to tell classes apart.</summary>
    /// <param name="catalog">ml.MulticlassClassification.Trainers.</param>
    /// <param name="options">How it is built and trained; <see cref="SpikingNetworkOptions.Reference"/> is the published configuration.</param>
    /// <exception cref="ArgumentException">The options ask for what cannot be.</exception>
    public static SpikingNetworkTrainer SpikingNetwork(this MulticlassClassificationTrainers catalog, SpikingNetworkOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new SpikingNetworkTrainer(MLNet.Environment(catalog), options);
    }
}
