using System.Diagnostics;
using System.Numerics.Tensors;
using Microsoft.ML.Runtime;
using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Samples;

namespace Microsoft.ML.Spiking.Competition;

/// <summary>Shows a layer row after row, in an order that is drawn anew for each epoch, and lets its winners learn.</summary>
/// <remarks>
/// Each row meets the weights that the row before it has left, as published, so one thread learns; another draws the spikes of the rows to come, each from an
/// address of its own.
/// </remarks>
/// <param name="options">How.</param>
/// <param name="samples">The rows.</param>
/// <param name="classes">Number of classes; 0 where the rows have none.</param>
/// <param name="encoder">How they become spikes.</param>
/// <param name="random">The source of all noise.</param>
internal sealed class CompetitiveTraining(
    WinnerTakeAllOptions options, IntensitySamples samples, int classes, CompetitiveEncoder encoder, CounterRandom random)
{
    // Rows whose spikes are drawn at once while as many are learnt from.
    private const int RowsAhead = 32;

    private const ulong OrderSource = 1, NoiseSource = 2;

    /// <summary>Trains a layer.</summary>
    /// <param name="layer">Whose weights and thresholds change.</param>
    /// <param name="check">Throws where the training is cancelled.</param>
    /// <param name="channel">The log.</param>
    public void Run(CompetitiveLayer layer, Action check, IChannel channel)
    {
        int rows = samples.Count;
        long total = (long)rows * options.Epochs, spikes = 0, reported = 0;
        var (learner, contest) = (new CompetitiveLearner(layer, options.Learning, classes), new Contest(layer));
        var fired = new bool[layer.Network.Neurons];
        float recovery = (float)Math.Exp(-layer.Network.TimeSteps / options.Learning.ThresholdTimeConstant);
        var clock = Stopwatch.StartNew();
        int[] order = [];
        ShownRow[] now = Rows(layer), next = Rows(layer);
        Task drawing = Draw(0, next);
        for (long done = 0; done < total;)
        {
            drawing.GetAwaiter().GetResult();
            (now, next) = (next, now);
            drawing = Draw(done + RowsAhead, next);
            foreach (ShownRow row in now.AsSpan(0, (int)Math.Min(RowsAhead, total - done)))
            {
                double progress = (double)done / total;
                (learner.Rates, learner.Label, learner.Rewards) = (options.Learning.Rates(progress), row.Label, progress >= options.Learning.Reward?.Start);
                spikes += contest.Run(row.Train, learner);
                for (int neuron = 0; neuron < fired.Length; neuron++) fired[neuron] |= contest.Counts[neuron] > 0;
                layer.Recover(recovery);
                done++;
                if (done % options.ProgressInterval != 0 && done % rows != 0) continue;
                Report(done, spikes / (double)(done - reported));
                (spikes, reported) = (0, done);
            }
            check();
        }

        // The rows from the first on, of those that there are.
        Task Draw(long first, ShownRow[] shown) => Task.Run(() =>
        {
            var features = new float[samples.Width];
            for (long row = first; row < Math.Min(first + RowsAhead, total); row++)
            {
                if (row % rows == 0) order = Order((ulong)(row / rows));
                ShownRow its = shown[row - first];
                samples.CopyTo(order[row % rows], features.AsSpan());
                encoder.Draw(features, random.For(NoiseSource).For((ulong)row), its.Train);
                its.Label = samples.Labels[order[row % rows]];
            }
        });

        void Report(long done, double spikesPerRow)
        {
            var progress = new WinnerTakeAllProgress
            {
                Epoch = (int)((done - 1) / rows) + 1,
                Epochs = options.Epochs,
                Rows = done,
                TotalRows = total,
                SpikesPerRow = spikesPerRow,
                SilentNeurons = fired.Count(once => !once),
                Adaptation = TensorPrimitives.Sum<float>(layer.NeuronThresholds) / fired.Length - layer.Network.Threshold,
                RowsPerSecond = done / Math.Max(1e-9, clock.Elapsed.TotalSeconds),
                TrainingTime = clock.Elapsed,
            };
            if (done % rows == 0) channel.Info(MessageSensitivity.None, progress.ToString());
            options.Progress?.Report(progress);
        }
    }

    private int[] Order(ulong epoch)
    {
        int[] order = [.. Enumerable.Range(0, samples.Count)];
        new RandomStream(random.For(OrderSource).For(epoch)).Shuffle(order);
        return order;
    }

    private static ShownRow[] Rows(CompetitiveLayer layer)
        => [.. Enumerable.Range(0, RowsAhead).Select(_ => new ShownRow(new SpikeTrain(layer.Network.TimeSteps)))];

    /// <summary>A row as the layer is shown it; used again for others.</summary>
    private sealed class ShownRow(SpikeTrain train)
    {
        public SpikeTrain Train { get; } = train;

        public int Label { get; set; }
    }
}
