using Microsoft.ML.Spiking;
using static Microsoft.ML.MulticlassClassificationCatalog;

namespace Microsoft.ML;

/// <summary>Spiking networks in <c>ml.MulticlassClassification.Trainers</c>.</summary>
/// <remarks><see cref="SpikingNetworkBinaryCatalog"/> has those of <c>ml.BinaryClassification.Trainers</c>; for regression there is none yet.</remarks>
public static class SpikingNetworkCatalog
{
    /// <summary>Trains a spiking network of cortical columns to tell classes apart.</summary>
    /// <remarks>What it does not name is as in <see cref="SpikingNetworkOptions"/>, which the other overload takes.</remarks>
    /// <param name="catalog">ml.MulticlassClassification.Trainers.</param>
    /// <param name="labelColumnName">The class, a key.</param>
    /// <param name="featureColumnName">Intensities, Vector&lt;Single&gt;, or spike trains, Vector&lt;Boolean, [time, inputs]&gt;.</param>
    /// <param name="exampleWeightColumnName">How much each row counts, Single; null where all count alike.</param>
    /// <param name="columns">Cortical columns.</param>
    /// <param name="neuronsPerColumn">Neurons in each column.</param>
    /// <param name="timeSteps">Time steps that a row of intensities is shown for.</param>
    /// <param name="epochs">Passes over the training rows; null for 4, or as many as make 400 batches.</param>
    /// <exception cref="ArgumentException">A number is not greater than 0, or a column's name is empty.</exception>
    public static SpikingNetworkTrainer SpikingNetwork(this MulticlassClassificationTrainers catalog,
        string labelColumnName = "Label", string featureColumnName = "Features", string? exampleWeightColumnName = null,
        int columns = 16, int neuronsPerColumn = 64, int timeSteps = 8, int? epochs = null)
        => SpikingNetwork(catalog, new SpikingNetworkOptions
        {
            LabelColumnName = labelColumnName, FeatureColumnName = featureColumnName, ExampleWeightColumnName = exampleWeightColumnName,
            Network = new() { TimeSteps = timeSteps, Layers = [new ColumnLayer { Columns = columns, NeuronsPerColumn = neuronsPerColumn }] },
            Epochs = epochs,
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
