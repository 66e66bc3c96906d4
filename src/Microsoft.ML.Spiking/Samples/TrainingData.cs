namespace Microsoft.ML.Spiking.Samples;

/// <summary>What a run trains on and what it measures accuracy on; the latter null for nothing.</summary>
internal sealed record TrainingData(TrainingSamples Training, TrainingSamples? Validation)
{
    /// <summary>How much each training row counts; null where all count alike.</summary>
    public float[]? TrainingWeights { get; private init; }

    /// <summary>How much each validation row counts; null where all count alike.</summary>
    public float[]? ValidationWeights { get; private init; }

    /// <summary>The same rows with their weights; the training rows alone say how much their classes weigh.</summary>
    /// <param name="rule">How classes are weighed; null where they count alike.</param>
    /// <param name="columns">What the classes are.</param>
    /// <exception cref="ArgumentException">The weights are of other classes.</exception>
    public TrainingData Weighted(ClassWeights? rule, TrainingColumns columns)
    {
        double[]? classes = null;
        if (rule is not null)
        {
            var rows = new int[columns.Classes];
            foreach (int label in Training.Labels) rows[label]++;
            classes = rule.Of(rows, columns.Target.Outputs(columns.Label).ClassNames(columns.Classes));
        }
        return this with { TrainingWeights = RowWeights.Of(Training, classes),
            ValidationWeights = Validation is null ? null : RowWeights.Of(Validation, classes) };
    }
}
