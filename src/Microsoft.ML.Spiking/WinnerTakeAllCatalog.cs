using Microsoft.ML.Spiking;
using static Microsoft.ML.MulticlassClassificationCatalog;

namespace Microsoft.ML;

/// <summary>Winner-take-all layers that learn without labels, in <c>ml.MulticlassClassification.Trainers</c>.</summary>
public static class WinnerTakeAllCatalog
{
    /// <summary>Trains a winner-take-all layer by STDP, without labels; these then say which class each neuron speaks for.</summary>
    /// <remarks>What it does not name is as in <see cref="WinnerTakeAllOptions"/>, which the other overload takes.</remarks>
    /// <param name="catalog">ml.MulticlassClassification.Trainers.</param>
    /// <param name="labelColumnName">The class, a key; missing in rows that are only learnt from.</param>
    /// <param name="featureColumnName">Intensities, Vector&lt;Single&gt; of a known size.</param>
    /// <param name="neurons">Neurons.</param>
    /// <param name="epochs">Passes over the rows.</param>
    /// <exception cref="ArgumentException">A number is not greater than 0, or a column's name is empty.</exception>
    public static WinnerTakeAllTrainer WinnerTakeAll(this MulticlassClassificationTrainers catalog,
        string labelColumnName = "Label", string featureColumnName = "Features", int neurons = 400, int epochs = 2)
        => WinnerTakeAll(catalog, new WinnerTakeAllOptions
        {
            LabelColumnName = labelColumnName, FeatureColumnName = featureColumnName, Network = new() { Neurons = neurons }, Epochs = epochs,
        });

    /// <summary>Trains a winner-take-all layer by STDP, without labels; these then say which class each neuron speaks for.</summary>
    /// <param name="catalog">ml.MulticlassClassification.Trainers.</param>
    /// <param name="options">How it is built and trained.</param>
    /// <exception cref="ArgumentException">The options ask for what cannot be.</exception>
    public static WinnerTakeAllTrainer WinnerTakeAll(this MulticlassClassificationTrainers catalog, WinnerTakeAllOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new WinnerTakeAllTrainer(MLNet.Environment(catalog), options);
    }
}
