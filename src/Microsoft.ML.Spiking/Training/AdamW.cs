using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>AdamW with decoupled weight decay (Loshchilov and Hutter 2019), a cosine schedule over all batches and a limit on the gradient's norm.</summary>
/// <remarks>
/// After n of total batches a group's rate is
/// <c>FinalLearningRate + (rate - FinalLearningRate) · (1 + cos(π · n / total)) / 2</c>, where rate is LearningRate times the group's factor. A factor of 0
/// is no rate of 0 for ever: the rate then rises to FinalLearningRate.
/// </remarks>
public sealed record AdamW
{
    // A step changes a weight by its rate at the most, and weights of some 0.1 learn nothing by steps beyond these.
    private const double MostRate = 10, MostFactor = 1000, Smallest = 1e-12;

    /// <summary>Learning rate of the readout at the start. Default 5e-4.</summary>
    public double LearningRate { get; init; } = 5e-4;

    /// <summary>What multiplies the learning rate for the columns' weights, from inputs and between neurons, where they learn. Default 1.</summary>
    public double ColumnWeightFactor { get; init; } = 1;

    /// <summary>
    /// What multiplies <see cref="ColumnWeightFactor"/> for the weights between neurons, where they learn (<see cref="Recurrence"/>): a neuron has some hundred
    /// of them, which all move by a step at once. Default 1.
    /// </summary>
    public double RecurrentWeightFactor { get; init; } = 1;

    /// <summary>What multiplies the learning rate for the connections between columns. Default 0.1.</summary>
    public double InterWeightFactor { get; init; } = 0.1;

    /// <summary>What multiplies the learning rate for the scale of the inputs. Default 0.05.</summary>
    public double InputScaleFactor { get; init; } = 0.05;

    /// <summary>
    /// What multiplies the learning rate for the neurons' constants, where they learn: steps of a threshold's logarithm and of a decay's log-odds. Default 1.
    /// </summary>
    public double NeuronFactor { get; init; } = 1;

    /// <summary>The learning rate of every group at the end. Default 5e-6.</summary>
    public double FinalLearningRate { get; init; } = 5e-6;

    /// <summary>Decoupled weight decay, of biases too. Default 1e-4.</summary>
    public double WeightDecay { get; init; } = 1e-4;

    /// <summary>Memory of the gradient's mean, β₁. Default 0.9.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Memory of the gradient's square, β₂. Default 0.999.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Added to the root of the gradient's mean square. Default 1e-8.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>The gradient over all trained parameters is scaled down to this Euclidean norm where it is longer. Default 0.5.</summary>
    public double GradientNormLimit { get; init; } = 0.5;

    /// <summary>
    /// Memory of the running mean of all trained weights, which the model has in place of the last ones: 0 to below 1, and 0 for the last ones (Polyak and
    /// Juditsky 1992). Default 0.
    /// </summary>
    /// <remarks>After n batches it is <c>(1 + n) / (10 + n)</c> at the most, so that the first weights are soon forgotten.</remarks>
    public double AverageMemory { get; init; }

    /// <summary>How far the running mean of the weights goes towards them with their nth step, from 1.</summary>
    internal double AverageShare(int n) => 1 - Math.Min(AverageMemory, (1.0 + n) / (10.0 + n));

    /// <summary>
    /// The rate of a group whose rate at the start is <paramref name="initial"/>, after <paramref name="done"/> of <paramref name="total"/> batches.
    /// </summary>
    internal double Scheduled(double initial, long done, long total)
        => FinalLearningRate + (initial - FinalLearningRate) * (1 + Math.Cos(Math.PI * done / total)) / 2;

    /// <summary>Learning rates after <paramref name="done"/> of <paramref name="total"/> batches: readout, connections between columns, input scale.</summary>
    internal double[] LearningRates(long done, long total) =>
    [
        Scheduled(LearningRate, done, total), Scheduled(LearningRate * InterWeightFactor, done, total),
        Scheduled(LearningRate * InputScaleFactor, done, total),
    ];

    internal void Check()
    {
        Require.Positive(LearningRate, "Optimiser.LearningRate", Smallest, MostRate);
        Require.NotNegative(FinalLearningRate, "Optimiser.FinalLearningRate", MostRate);
        Require.NotNegative(WeightDecay, "Optimiser.WeightDecay");
        Require.That(Beta1 is >= 0 and < 1, $"Optimiser.Beta1 is {Beta1}, but it must be at least 0 and less than 1.");
        Require.That(Beta2 is >= 0 and < 1, $"Optimiser.Beta2 is {Beta2}, but it must be at least 0 and less than 1.");
        Require.NotNegative(ColumnWeightFactor, "Optimiser.ColumnWeightFactor", MostFactor);
        Require.NotNegative(RecurrentWeightFactor, "Optimiser.RecurrentWeightFactor", MostFactor);
        Require.NotNegative(InterWeightFactor, "Optimiser.InterWeightFactor", MostFactor);
        Require.NotNegative(InputScaleFactor, "Optimiser.InputScaleFactor", MostFactor);
        Require.NotNegative(NeuronFactor, "Optimiser.NeuronFactor", MostFactor);
        double highest = Math.Max(FinalLearningRate, LearningRate * ((double[])
            [1, ColumnWeightFactor, ColumnWeightFactor * RecurrentWeightFactor, InterWeightFactor, InputScaleFactor, NeuronFactor]).Max());
        Require.That(WeightDecay * highest <= 1, $"Optimiser.WeightDecay is {WeightDecay}, but times the highest learning rate of a group, {highest}, it must "
            + "be at most 1: a step would take more from a weight than there is.");
        Require.Positive(Epsilon, "Optimiser.Epsilon", Smallest, 1);
        Require.That(AverageMemory is >= 0 and < 1, $"Optimiser.AverageMemory is {AverageMemory}, but it must be at least 0 and less than 1.");
        Require.Positive(GradientNormLimit, "Optimiser.GradientNormLimit", Smallest, 1 / Smallest);
    }
}
