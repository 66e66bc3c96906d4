using Microsoft.ML.Spiking.Engines;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Samples;

namespace Microsoft.ML.Spiking.Fitting;

/// <summary>Trains batch after batch, up to the last one or to what ends it before.</summary>
/// <param name="state">What changes.</param>
/// <param name="options">How to train.</param>
/// <param name="data">The rows.</param>
/// <param name="schedule">Which of them when.</param>
/// <param name="blocks">Brings them, a block at a time; null where all are held.</param>
/// <param name="evaluation">Measures.</param>
/// <param name="interruption">What ends it from outside.</param>
/// <param name="checkpoints">What is left of it where it ends.</param>
/// <param name="reports">Tells how far it is.</param>
/// <param name="shared">Who else trains.</param>
internal sealed class TrainingLoop(
    TrainingState state, SpikingNetworkOptions options, TrainingData data, TrainingSchedule schedule, BlockReader? blocks, ModelEvaluation evaluation,
    Interruption interruption, Checkpoints checkpoints, TrainingReports reports, SharedTraining shared)
{
    // How long to wait for rows before it is asked whether to go on.
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(50);

    private readonly int _first = state.Batches;
    private ModelCandidate? _latest;

    private int InEpoch => state.Batches % schedule.PerEpoch;

    /// <exception cref="OperationCanceledException">The training was cancelled, and the options say to throw.</exception>
    public TrainingEnd Run()
    {
        while (true)
        {
            if (state.Batches >= schedule.Total) return TrainingEnd.Completed;
            if (InEpoch == 0 && options.EarlyStopping is { } rule && rule.IsOver(state.History.Select(epoch => epoch.ValidationAccuracy).OfType<double>()))
                return TrainingEnd.StoppedEarly;
            if (RunEpoch() is { } end) return end;
        }
    }

    /// <summary>The model that the training is for, once it has ended.</summary>
    public ModelCandidate Chosen()
    {
        ModelCandidate now = _latest?.Batches == state.Batches ? _latest : evaluation.Take(state, schedule.EpochOf(state.Batches));
        return options.EarlyStopping is null ? now : ModelCandidate.Better(state.Best, now);
    }

    /// <summary>An epoch, or what is left of it; null where nothing ended it before its time.</summary>
    private TrainingEnd? RunEpoch()
    {
        int epoch = schedule.EpochOf(state.Batches + 1);
        if (InEpoch > 0) state.Clock.Start();
        else
        {
            state.Metrics.Reset();
            state.Clock.StartEpoch();
        }
        do if (RunBlock(epoch) is { } end) return end;
        while (InEpoch > 0 && state.Batches < schedule.Total);
        EpochMeans means = Means(epoch);
        state.StopClock();
        EpochRecord record = EndEpoch(epoch, means);
        checkpoints.Save(state);
        reports.Epoch(record, state.Batches, means.Rows);
        return null;
    }

    /// <summary>A block of an epoch, or what is left of it; null where nothing ended it before its time.</summary>
    private TrainingEnd? RunBlock(int epoch)
    {
        EpochBlock block = schedule.Block(state.Batches);
        TrainingSamples samples = data.Training.First;
        if (blocks is not null)
        {
            TrainingSamples? read = null;
            // One that has its rows waits for those that have not, so that all ask as often whether to go on.
            while (!shared.OfAll((read ??= blocks.Take(block, s_patience)) is not null))
                if (BrokenOff(epoch) is { } end) return end;
            state.Training.Show(samples = read!);
        }
        TrainingEpoch shown = Shown(schedule.Order(block), samples);
        for (int at = InEpoch * schedule.BatchSize - block.First; at < block.Count && state.Batches < schedule.Total; at += schedule.BatchSize)
        {
            if (BrokenOff(epoch) is { } end) return end;
            double learningRate = state.Training.LearningRate;
            Step(new TrainingBatch(shown, at, Math.Min(schedule.BatchSize, block.Count - at), schedule.Noise(state.Batches)));
            bool within = InEpoch > 0 && state.Batches < schedule.Total;
            double? accuracy = within && state.Batches % options.ValidationInterval == 0 ? MeasureWithin(epoch) : null;
            if (accuracy is not null || state.Batches % options.ProgressInterval == 0)
                reports.Batch(epoch, state.Batches, state.Metrics.Read(), accuracy, learningRate);
            state.Metrics.LearningRate = learningRate;
        }
        return null;
    }

    /// <summary>Rows in their order. Of those that other processes hold, neither class nor weight is known, nor needed.</summary>
    private TrainingEpoch Shown(int[] order, TrainingSamples samples) => new(
        order, Array.ConvertAll(order, row => samples.Labels[row]),
        data.TrainingWeights is { } weights ? Array.ConvertAll(order, row => samples.Has(row) ? weights.Of(samples, row) : 0) : null);

    /// <summary>Ends where something asks for it: why; null where nothing does.</summary>
    private TrainingEnd? BrokenOff(int epoch)
    {
        if (interruption.Reason(state.Clock) is not { } reason || reason != TrainingEnd.Cancelled && state.Batches == _first) return null;
        BreakOff(epoch, reason);
        return reason;
    }

    private void Step(TrainingBatch batch)
    {
        state.Training.Learn(batch);
        state.Metrics.Add(batch);
    }

    /// <summary>Ends before a batch. The checkpoint knows nothing of it, so that a training that is resumed is as one without interruption.</summary>
    private void BreakOff(int epoch, TrainingEnd reason)
    {
        EpochMeans? means = InEpoch > 0 ? Means(epoch) : null;
        state.StopClock();
        if (state.Batches > 0) checkpoints.Save(state);
        if (reason == TrainingEnd.Cancelled && (options.OnCancel == OnCancel.Throw || state.Batches == 0)) interruption.ThrowCancelled();
        if (means is { } cut) reports.Epoch(EndEpoch(epoch, cut), state.Batches, cut.Rows);
    }

    private EpochRecord EndEpoch(int epoch, EpochMeans means)
    {
        if (evaluation.CanMeasure) _latest = evaluation.Take(state, epoch);
        if (options.EarlyStopping is not null) state.Best = ModelCandidate.Better(state.Best, _latest!);
        EpochRecord record = EpochEnd.Record(options.Network, state, epoch, means, _latest?.Accuracy);
        state.History.Add(record);
        state.Training.ForgetMotion();
        return record;
    }

    /// <summary>The epoch's means, of a training that is sound: nothing that is not finite goes into a checkpoint or a model.</summary>
    private EpochMeans Means(int epoch)
    {
        EpochMeans means = state.Metrics.Read();
        // Neurons whose weights are no numbers any more are silent, and the loss may well stay one.
        string? lost = !double.IsFinite(means.Loss) ? "The loss is no number"
            : state.NotFinite(options.Network.Layers.Length) is { } array ? $"The array '{array}' is not finite" : null;
        if (lost is not null) shared.End();
        return lost is null
            ? means
            : throw Trouble.Divergence.InvalidOperation(
                $"{lost} any more after epoch {epoch}: training has diverged; lower Optimiser.LearningRate or Optimiser.GradientNormLimit, or scale features "
                    + "that are far larger than the code takes.");
    }

    /// <summary>The accuracy in the midst of an epoch; the training clock stands still meanwhile.</summary>
    private double? MeasureWithin(int epoch)
    {
        if (!evaluation.CanMeasure) return null;
        state.StopClock();
        double? accuracy = evaluation.Take(state, epoch).Accuracy;
        state.Clock.Start();
        return accuracy;
    }
}
