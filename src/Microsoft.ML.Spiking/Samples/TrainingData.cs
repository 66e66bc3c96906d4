namespace Microsoft.ML.Spiking.Samples;

/// <summary>What a run trains on and what it measures accuracy on; the latter null for nothing.</summary>
internal sealed record TrainingData(LabelledRows Training, LabelledRows? Validation)
{
    /// <summary>How much each training row counts; null where all count alike.</summary>
    public RowWeights? TrainingWeights { get; private init; }

    /// <summary>How much each validation row counts; null where all count alike.</summary>
    public RowWeights? ValidationWeights { get; private init; }

    /// <summary>The same rows with their weights; the training rows alone say how much their classes weigh.</summary>
    /// <param name="rule">How classes are weighed; null where they count alike.</param>
    /// <param name="columns">What the classes are.</param>
    /// <exception cref="ArgumentException">The weights are of other classes.</exception>
    public TrainingData Weighted(ClassWeights? rule, TrainingColumns columns)
    {
        double[]? classes = rule?.Of(Training.OfClasses(columns.Classes), columns.Target.Outputs(columns.Label).ClassNames(columns.Classes));
        return this with { TrainingWeights = Training.Weights(classes), ValidationWeights = Validation?.Weights(classes) };
    }
}
