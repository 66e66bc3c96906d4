using System.Numerics.Tensors;
using Microsoft.ML.Spiking.Model;
using Microsoft.ML.Spiking.Samples;
using Microsoft.ML.Spiking.Scoring;

namespace Microsoft.ML.Spiking.Fitting;

/// <summary>Takes the model out of a training, and measures it as it will predict.</summary>
internal sealed class ModelEvaluation(SpikingNetworkOptions options, TrainingData data, TrainingColumns columns, SampleEncoder encoder,
    SharedTraining shared)
{
    /// <summary>Whether there are rows to measure on.</summary>
    public bool CanMeasure => data.Validation is not null;

    /// <summary>The model as it is now, and its accuracy on the validation rows.</summary>
    public ModelCandidate Take(TrainingState state, int epoch)
    {
        SpikingModel model = new ModelSnapshot(options.Network, options.Names, columns, encoder).Take(state.Training, data.Training);
        return new ModelCandidate(model, data.Validation is { } validation ? Accuracy(model, validation, data.ValidationWeights) : null, epoch, state.Batches);
    }

    /// <summary>The model with the temperature that its scores need on the validation rows.</summary>
    public SpikingModel Calibrated(SpikingModel model) => options.Calibration is not null && data.Validation is { } validation
        ? model with { Temperature = TemperatureScaling.Fit(Logits(model, validation), validation.Labels, data.ValidationWeights) }
        : model;

    private float[] Logits(SpikingModel model, TrainingSamples samples)
    {
        float[] logits = new float[samples.Count * model.Classes], rates = new float[samples.Count * model.Network.AllColumns];
        new SpikingScorer(model).Run(samples, shared.Part(samples.Count), logits, rates);
        shared.Join(logits, model.Classes);
        return logits;
    }

    private double Accuracy(SpikingModel model, TrainingSamples samples, float[]? weights)
    {
        float[] logits = Logits(model, samples);
        double right = 0;
        for (int row = 0; row < samples.Count; row++)
        {
            ReadOnlySpan<float> scores = logits.AsSpan(row * model.Classes, model.Classes);
            if (TensorPrimitives.IndexOfMax(scores) == samples.Labels[row]) right += weights?[row] ?? 1;
        }
        // Rows that weigh nothing leave nothing to be right about.
        return weights is null ? right / samples.Count : weights.Sum(weight => (double)weight) is > 0 and var all ? right / all : 0;
    }
}
