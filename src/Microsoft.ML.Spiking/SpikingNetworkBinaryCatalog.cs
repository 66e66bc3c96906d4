using Microsoft.ML.Spiking;
using static Microsoft.ML.BinaryClassificationCatalog;

namespace Microsoft.ML;

/// <summary>Spiking networks in <c>ml.BinaryClassification.Trainers</c>.</summary>
/// <remarks><see cref="SpikingNetworkCatalog"/> has those of any number of classes; for regression there is none yet.</remarks>
public static class SpikingNetworkBinaryCatalog
{
    /// <summary>Trains a spiking network of cortical columns to answer yes or no.</summary>
    /// <remarks>What it does not name is as in <see cref="SpikingNetworkOptions"/>, which the other overload takes.</remarks>
    /// <param name="catalog">ml.BinaryClassification.Trainers.</param>
    /// <param name="labelColumnName">The answer, a Boolean.</param>
    /// <param name="featureColumnName">Intensities, Vector&lt;Single&gt;, or spike trains, Vector&lt;Boolean, [time, inputs]&gt;.</param>
    /// <param name="exampleWeightColumnName">How much each row counts, Single; null where all count alike.</param>
    /// <param name="columns">Cortical columns.</param>
    /// <param name="neuronsPerColumn">Neurons in each column.</param>
    /// <param name="timeSteps">Time steps that a row of intensities is shown for.</param>
    /// <param name="epochs">Passes over the training rows; null for 4, or as many as make 400 batches.</param>
    /// <exception cref="ArgumentException">A number is not greater than 0, or a column's name is empty.</exception>
    public static SpikingNetworkBinaryTrainer SpikingNetwork(this BinaryClassificationTrainers catalog,
        string labelColumnName = "Label", string featureColumnName = "Features", string? exampleWeightColumnName = null,
        int columns = 16, int neuronsPerColumn = 64, int timeSteps = 8, int? epochs = null)
        => SpikingNetwork(catalog, new SpikingNetworkOptions
        {
            LabelColumnName = labelColumnName, FeatureColumnName = featureColumnName, ExampleWeightColumnName = exampleWeightColumnName,
            Network = new() { TimeSteps = timeSteps, Layers = [new ColumnLayer { Columns = columns, NeuronsPerColumn = neuronsPerColumn }] },
            Epochs = epochs,
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
