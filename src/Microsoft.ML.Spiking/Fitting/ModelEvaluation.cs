using System.Numerics.Tensors;
using Microsoft.ML.Spiking.Model;
using Microsoft.ML.Spiking.Samples;
using Microsoft.ML.Spiking.Scoring;

namespace Microsoft.ML.Spiking.Fitting;

/// <summary>Takes the model out of a training, and measures it as it will predict.</summary>
internal sealed class ModelEvaluation(SpikingNetworkOptions options, TrainingData data, TrainingColumns columns, SampleEncoder encoder,
    SharedTraining shared)
{
    // Of rows that are not held: enough for one number, and so few that their scores are no burden.
    private const int FewestRows = 1000, MostRows = 100_000, MostLogits = 10_000_000;

    /// <summary>Whether there are rows to measure on.</summary>
    public bool CanMeasure => data.Validation is not null;

    /// <summary>The model as it is now, and its accuracy on the validation rows.</summary>
    public ModelCandidate Take(TrainingState state, int epoch)
    {
        SpikingModel model = new ModelSnapshot(options.Network, options.Names, columns, encoder).Take(state.Training, data.Training.First);
        return new ModelCandidate(model, data.Validation is { } validation ? Accuracy(model, validation, data.ValidationWeights) : null, epoch, state.Batches);
    }

    /// <summary>The model with the temperature that its scores need on the validation rows.</summary>
    public SpikingModel Calibrated(SpikingModel model)
    {
        if (options.Calibration is null || data.Validation is not { } validation) return model;
        var scorer = new SpikingScorer(model);
        List<float> logits = [], weights = [];
        List<int> labels = [];
        foreach (TrainingSamples samples in validation.InOrder(Math.Clamp(MostLogits / model.Classes, FewestRows, MostRows)))
        {
            logits.AddRange(Logits(scorer, model, samples));
            labels.AddRange(samples.Labels);
            if (data.ValidationWeights is { } weighed) weights.AddRange(weighed.All(samples));
        }
        return model with { Temperature = TemperatureScaling.Fit(logits.ToArray(), labels, data.ValidationWeights is null ? null : [.. weights]) };
    }

    private float[] Logits(SpikingScorer scorer, SpikingModel model, TrainingSamples samples)
    {
        RowShare share = RowShare.ToMeasureOn(options);
        int[] own = [.. Enumerable.Range(0, samples.Count).Where(share.Has)];
        float[] logits = new float[own.Length * model.Classes], rates = new float[own.Length * model.Network.AllColumns];
        scorer.Run(new ChosenRows(samples, own), own.Length, logits, rates);
        return shared.Join(logits, samples.Count, model.Classes);
    }

    private double Accuracy(SpikingModel model, LabelledRows rows, RowWeights? weights)
    {
        var scorer = new SpikingScorer(model);
        double right = 0, all = 0;
        foreach (TrainingSamples samples in rows.InOrder())
        {
            float[] logits = Logits(scorer, model, samples);
            for (int row = 0; row < samples.Count; row++)
            {
                float weight = weights?.Of(samples, row) ?? 1;
                all += weight;
                if (TensorPrimitives.IndexOfMax<float>(logits.AsSpan(row * model.Classes, model.Classes)) == samples.Labels[row]) right += weight;
            }
        }
        // Rows that weigh nothing leave nothing to be right about.
        return all > 0 ? right / all : 0;
    }
}
