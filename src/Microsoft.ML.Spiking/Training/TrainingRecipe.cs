using System.Text.Json.Serialization;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>
/// How a network is trained, as far as it shapes the weights: the same network, recipe, data and seed give the same model. Models and checkpoints keep it.
/// </summary>
/// <remarks>An immutable record; <see cref="SpikingNetworkOptions"/> adds what belongs to one run.</remarks>
public record TrainingRecipe
{
    /// <summary>Batches that a training is counted in, at the most.</summary>
    internal const int MostBatches = 1_000_000_000;

    /// <summary>Blocks of a batch that processes share where nothing else is said.</summary>
    internal const int SharedBlocks = 8;

    [JsonConstructor]
    internal TrainingRecipe() { }

    /// <summary>The recipe alone, without what options add to it.</summary>
    internal TrainingRecipe Recipe => new(this);

    /// <summary>How images are changed in training, differently at every look; null where they are shown as they are. Default null.</summary>
    public ImageAugmentation? Augmentation { get; init; }

    /// <summary>
    /// How much the rows of each class count in the loss and in the accuracies that training reports, times their
    /// <see cref="SpikingNetworkOptions.ExampleWeightColumnName"/>: <c>ClassWeights.Balanced</c> to weigh rare classes more, or, say,
    /// <c>ClassWeights.Of(("fraud", 20))</c>; null where the classes count as often as they come. Default null.
    /// </summary>
    public ClassWeights? ClassWeights { get; init; }

    /// <summary>The optimiser of all that is trained by gradient. Default: learning rate 3e-3, gradient norm at most 5.</summary>
    public AdamW Optimiser { get; init; } = new() { LearningRate = 3e-3, GradientNormLimit = 5 };

    /// <summary>
    /// Label smoothing, 0 to below 1: of each target, so much is spread evenly over all classes (Szegedy et al. 2016), so that scores are less sure. Default 0.
    /// </summary>
    public double LabelSmoothing { get; init; }

    /// <summary>What the network's spikes may be, on the mean; null where they cost nothing. Default null.</summary>
    public SpikeBudget? SpikeBudget { get; init; }

    /// <summary>Passes over the training data, unless <see cref="Batches"/> is set. Default null: 4, or as many as make 400 batches.</summary>
    public int? Epochs { get; init; }

    /// <summary>Training batches in all; null to train for <see cref="Epochs"/>. Suits small and large data alike. Default null.</summary>
    public int? Batches { get; init; }

    /// <summary>
    /// Rows in a training batch; an epoch's last batch may be smaller. Default null: 128, or 32 where 4 epochs of those would be fewer than 400 batches.
    /// </summary>
    public int? BatchSize { get; init; }

    /// <summary>
    /// Rows, rounded up to whole batches, that are in memory together and shuffled where more rows than that are trained on: they are not held, but read again
    /// from the data in each epoch, from 16 places at once or from as many as <see cref="GradientBlocks"/> says, and must come as they came before. Null to
    /// hold all rows, if there is room (<see cref="SpikingNetworkOptions.RowMemory"/>), else in blocks of 64 MB. Default null.
    /// </summary>
    /// <remarks>
    /// Rows that are all in one block train the model that rows which are held do. With more blocks the same seed and block give the same model, whatever the
    /// machine; another block is another order, and another model.
    /// </remarks>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]   // models of rows that are held are stored as they were before there were others
    public int? BlockRows { get; init; }

    /// <summary>
    /// Into how many blocks a batch is split, 1, 2, 4, 8, 16, 32 or 64, whose gradients are added in one fixed order: with 8, up to 8 processes share the
    /// work (<see cref="SpikingNetworkOptions.Communicator"/>), and 1, 2, 4 or 8 of them give the same model to the byte. <see cref="BatchSize"/> must be a
    /// multiple of it. Default null: 8 where processes train together, else 1.
    /// </summary>
    /// <remarks>
    /// Block b is drawn from the rows whose number leaves b when divided by the number of blocks; of rows that are read again it is their turn in an epoch.
    /// Where a layer's currents are normalised, each block is by its own mean and deviation.
    /// </remarks>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? GradientBlocks { get; init; }

    /// <summary>
    /// Fraction of the training rows, 0 to below 1, that are drawn at random and kept apart to measure accuracy on after each epoch. Default 0.
    /// </summary>
    public double ValidationFraction { get; init; }

    private const int MostBlocks = 64;

    private protected void CheckRecipe()
    {
        Require.Given(Optimiser, nameof(Optimiser));
        Augmentation?.Check();
        ClassWeights?.Check();
        Optimiser.Check();
        SpikeBudget?.Check();
        Require.That(LabelSmoothing is >= 0 and < 1, $"LabelSmoothing is {Require.Said(LabelSmoothing)}, but it must be at least 0 and less than 1.");
        Require.That(Epochs is null or > 0, $"Epochs is {Epochs}, but it must be greater than 0, or null to be chosen by the number of rows.");
        Require.That(Batches is null or > 0, $"Batches is {Batches}, but it must be greater than 0, or null to train for Epochs.");
        if (Epochs is { } epochs) Require.Positive(epochs, nameof(Epochs), MostBatches);
        if (Batches is { } batches) Require.Positive(batches, nameof(Batches), MostBatches);
        Require.That(BatchSize is null or > 0, $"BatchSize is {BatchSize}, but it must be greater than 0, or null to be chosen by the number of rows.");
        Require.That(BlockRows is null or > 0, $"BlockRows is {BlockRows}, but it must be greater than 0, or null to hold all rows that there is room for.");
        Require.That(GradientBlocks is null or > 0 and <= MostBlocks && (GradientBlocks is not { } count || int.IsPow2(count)),
            $"GradientBlocks is {GradientBlocks}, but it must be 1, 2, 4, 8, 16, 32 or {MostBlocks}, or null.");
        Require.That(GradientBlocks is null || BatchSize is null || BatchSize % GradientBlocks == 0,
            $"BatchSize is {BatchSize}, but it must be a multiple of GradientBlocks, which is {GradientBlocks}, so that each block has as many rows.");
        Require.That(ValidationFraction is >= 0 and < 1, $"ValidationFraction is {ValidationFraction}, but it must be at least 0 and less than 1.");
    }
}
