using System.Diagnostics;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>Measures the default network on images of noise of MNIST's size: what a step costs does not depend on what is learnt.</summary>
internal static class Bench
{
    private const int WarmUp = 20, Measured = 80, Passes = 7, Rows = 5000, Singles = 2000, Classes = 10, Batch = 128;

    public static BenchResult Run(TrainingDevice device, Action<string> say, CancellationToken cancel)
    {
        var ml = new MLContext(seed: 1);
        var options = new SpikingNetworkOptions { BatchSize = Batch };
        say($"Training {WarmUp + Measured} batches of {Batch}.");
        var clock = new BatchClock();
        IDataView images = ml.Data.Cache(RandomImages.Load(ml, Rows, ImageSize.Digit, Classes));
        SpikingNetworkTransformer network = ml.MulticlassClassification.Trainers.SpikingNetwork(options with
        {
            Batches = WarmUp + Measured,
            ProgressInterval = 1,
            Progress = clock,
            Device = device,
            Seed = 1,
            CancellationToken = cancel,
        }).Fit(images);

        say($"Predicting {Rows} rows at a time, and one.");
        return new BenchResult(Machine.This,
            $"{options.Network.Layers[0].Said(network.Model.Network.ShapesOf(network.Model.Input)[0])}, {options.Network.TimeSteps} steps, "
                + $"{ImageSize.Digit} inputs, trained on {network.Model.Provenance.Device}",
            [
                Measurement.Of($"training step, batch of {Batch}", clock.Times.Skip(WarmUp), Batch),
                Measurement.Of($"prediction, {Rows} rows through Transform", All(network, images, cancel), Rows),
                Measurement.Of("prediction, one row through PredictionEngine", One(ml, network, cancel), 1),
            ]);
    }

    private static double[] All(SpikingNetworkTransformer network, IDataView images, CancellationToken cancel)
        => Time(Passes, _ =>
        {
            IDataView scored = network.Transform(images);
            using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema["PredictedLabel"]]);
            ValueGetter<uint> label = cursor.GetGetter<uint>(scored.Schema["PredictedLabel"]);
            uint value = 0;
            while (cursor.MoveNext()) label(ref value);
        }, cancel);

    private static double[] One(MLContext ml, SpikingNetworkTransformer network, CancellationToken cancel)
    {
        PredictionEngine<ImageRow, PredictedRow> engine = ml.Model.CreatePredictionEngine<ImageRow, PredictedRow>(
            network, new PredictionEngineOptions { InputSchemaDefinition = ImageRow.Schema(ImageSize.Digit, classes: null), OwnsTransformer = false });
        ImageRow[] rows = RandomImages.Draw(Singles / 10, ImageSize.Digit, Classes);
        var answer = new PredictedRow();
        return Time(Singles, i => engine.Predict(rows[i % rows.Length], ref answer), cancel);
    }

    /// <summary>Times in milliseconds, after a tenth more, one at least, to warm up.</summary>
    private static double[] Time(int runs, Action<int> action, CancellationToken cancel)
    {
        for (int i = 0; i <= runs / 10; i++) action(i);
        var times = new double[runs];
        for (int i = 0; i < runs; i++)
        {
            cancel.ThrowIfCancellationRequested();
            long start = Stopwatch.GetTimestamp();
            action(i);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        return times;
    }

    /// <summary>The time that each batch took.</summary>
    private sealed class BatchClock : IProgress<TrainingProgress>
    {
        private TimeSpan _before;

        public List<double> Times { get; } = [];

        public void Report(TrainingProgress value)
        {
            if (value is not BatchProgress) return;
            Times.Add((value.TrainingTime - _before).TotalMilliseconds);
            _before = value.TrainingTime;
        }
    }

    private sealed class PredictedRow
    {
        public uint PredictedLabel { get; set; }

        public float[] Score { get; set; } = [];
    }
}
