using Microsoft.ML.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking;

/// <summary>One training, from the data in memory to the finished model.</summary>
internal sealed class TrainingRun
{
    private const int ShuffleSource = 6, NoiseSource = 7;

    private readonly SpikingNetworkOptions _options;
    private readonly TrainingData _data;
    private readonly TrainingColumns _columns;
    private readonly int _seed, _total, _perEpoch;
    private readonly Device _device;
    private readonly IHost _host;
    private readonly IChannel _channel;
    private readonly SampleEncoder _encoder;
    private readonly TrainingClock _clock = new();
    private readonly TrainingReports _reports;

    public TrainingRun(SpikingNetworkOptions options, TrainingData data, TrainingColumns columns, int seed, Device device, IHost host, IChannel channel)
    {
        (_options, _data, _columns, _seed, _device, _host, _channel) = (options, data, columns, seed, device, host, channel);
        _perEpoch = (int)((data.Training.Count + (long)options.BatchSize - 1) / options.BatchSize);
        _total = options.Updates ?? checked(_perEpoch * options.Epochs);
        float[] inputScale = new float[columns.Input.IsSpikeTrain || options.Code.InitialInputScale is null ? 0 : columns.Input.Inputs];
        Array.Fill(inputScale, (float)(options.Code.InitialInputScale ?? 0));
        _encoder = new SampleEncoder(options, options.Code.Standardise(data.Training.Statistics()), inputScale);
        _reports = new TrainingReports(options, channel, _clock, Epochs, _total);
    }

    private int Epochs => (_total + _perEpoch - 1) / _perEpoch;

    public SpikingModel Run()
    {
        using var scope = NewDisposeScope();
        using var network = new SpikingNetwork(_options, _columns.Input.Inputs, _columns.Classes, _seed, _device);
        using ColumnEngine columns = Engine();
        using var descent = new GradientDescent(network, _total);
        columns.Train(descent);
        var learner = new Learner(network, columns);
        using var metrics = new EpochMetrics(_device);
        _channel.Info(MessageSensitivity.None, $"{_options.Columns} columns of {_options.NeuronsPerColumn} neurons, {_columns.Input.Inputs} inputs, {_columns.Classes} classes, "
            + $"{_data.Training.Count} rows, {_total} batches of {_options.BatchSize}.");

        int[] order = [.. Enumerable.Range(0, _data.Training.Count)];
        var shuffle = new RandomStream(CounterRandom.FromSeed(_seed).For(ShuffleSource));
        CounterRandom noise = CounterRandom.FromSeed(_seed).For(NoiseSource);
        SpikingModel? model = null;
        for (int epoch = 1, done = 0; epoch <= Epochs; epoch++)
        {
            using var epochScope = NewDisposeScope();
            shuffle.Shuffle(order);
            metrics.Reset();
            _clock.StartEpoch();
            for (int at = 0; at < order.Length && done < _total; at += _options.BatchSize)
            {
                _options.CancellationToken.ThrowIfCancellationRequested();
                MLNet.CheckAlive(_host);
                int[] rows = order[at..Math.Min(order.Length, at + _options.BatchSize)];
                double learningRate = descent.LearningRates[0];
                Step(network, columns, learner, descent, metrics, rows, noise.For((ulong)done));
                done++;
                bool within = at + _options.BatchSize < order.Length && done < _total;
                double? accuracy = within && done % _options.ValidationInterval == 0 ? MeasureWithin(network, columns) : null;
                if (accuracy is not null || done % _options.ProgressInterval == 0) _reports.Batch(epoch, done, metrics.Read(), accuracy, learningRate);
                metrics.LearningRate = learningRate;
            }
            EpochMeans means = metrics.Read();   // waits for the device, and so belongs to the training's time
            _clock.Stop();
            model = EndEpoch(network, columns, learner.Journal, epoch, done, means, metrics.LearningRate);
            network.Plasticity.Motion.Reset();
        }
        return model!;
    }

    private ColumnEngine Engine()
    {
        int inputs = _columns.Input.Inputs, steps = _columns.Input.Steps ?? _options.TimeSteps;
        ReceptiveFields? fields = ReceptiveFields.Of(_options, _columns.Input);
        float[] weights = ColumnInitialiser.Draw(_options, inputs, _seed, fields);
        if (_device.type == DeviceType.CPU && _options.Learning is not Surrogate { Neurons: not NeuronLearning.None })
            return (ColumnEngine?)TableColumns.TryCreate(_options, weights, inputs, _encoder, _data.Training, steps)
                ?? new CpuColumns(_options, weights, inputs, _encoder, _data.Training, steps, fields);
        return new TorchColumns(_options, weights, inputs, _data.Training.ToDevice(_encoder, _device), _device, fields);
    }

    private void Step(SpikingNetwork network, ColumnEngine columns, Learner learner, GradientDescent descent, EpochMetrics metrics, int[] rows, CounterRandom noise)
    {
        using var scope = NewDisposeScope();
        Tensor labels = tensor([.. rows.Select(row => (long)_data.Training.Labels[row])], device: _device);
        StepResult result = learner.Learn(columns.Run(network, rows, noise), labels);
        network.Plasticity.Motion.Start(network);
        descent.Step();
        network.Plasticity.Motion.AddGradient(network);
        metrics.Add(result, labels);
    }

    /// <summary>Evaluates where there is something to evaluate on, reports, and after the last epoch makes the model.</summary>
    private SpikingModel? EndEpoch(SpikingNetwork network, ColumnEngine columns, IReadOnlyList<StructuralChange> journal, int epoch, int done, EpochMeans means, double learningRate)
    {
        bool last = epoch == Epochs;
        if (!double.IsFinite(means.Loss))
            throw new InvalidOperationException($"The loss is no number any more after epoch {epoch}: training has diverged; lower Optimiser.LearningRate or Optimiser.GradientNormLimit.");
        SpikingModel? model = null;
        double? accuracy = null;
        if (last || _data.Validation is not null) (model, accuracy) = Measure(network, columns);
        _reports.Epoch(Record(network, journal, epoch, means, accuracy, learningRate), done, means.Rows);
        if (!last) return null;

        return model! with
        {
            Training = new TrainingRecord
            {
                History = _reports.History,
                Journal = [.. journal],
                Seed = _seed,
                Rows = _data.Training.Count,
                Updates = done,
                TestAccuracy = accuracy,
                SpikeRate = means.SpikeRate,
            },
            Provenance = ModelSnapshot.Provenance(_clock.Total, _device),
        };
    }

    private EpochRecord Record(SpikingNetwork network, IReadOnlyList<StructuralChange> journal, int epoch, EpochMeans means, double? accuracy, double learningRate)
    {
        Graph graph = Graph.FromAdjacency(_options.Columns, network.Topology.cpu().data<float>().ToArray());
        double pathLength = graph.CharacteristicPathLength();
        int earlier = _reports.History.Sum(e => e.Formed + e.Pruned), formed = journal.Skip(earlier).Count(change => change.Kind == StructuralChangeKind.Formed);
        return new EpochRecord(epoch, means.Loss, means.Accuracy, accuracy, means.SpikeRate, graph.Density, learningRate)
        {
            Clustering = graph.ClusteringCoefficient(),
            PathLength = double.IsFinite(pathLength) ? pathLength : null,
            Formed = formed,
            Pruned = journal.Count - earlier - formed,
            StdpShare = network.Plasticity.Motion.StdpShare(),
        };
    }

    /// <summary>The accuracy in the midst of an epoch; the training clock stands still meanwhile.</summary>
    private double? MeasureWithin(SpikingNetwork network, ColumnEngine columns)
    {
        if (_data.Validation is null) return null;
        _clock.Stop();
        double? accuracy = Measure(network, columns).Accuracy;
        _clock.Start();
        return accuracy;
    }

    /// <summary>The model as it is now, and its accuracy on the validation rows; null without such rows.</summary>
    private (SpikingModel Model, double? Accuracy) Measure(SpikingNetwork network, ColumnEngine columns)
    {
        SpikingModel model = new ModelSnapshot(columns.Learnt(_options), _columns, _encoder, columns.ColumnWeights()).Take(network, _data.Training);
        return (model, _data.Validation is { } validation ? Accuracy(model, validation) : null);
    }

    private static double Accuracy(SpikingModel model, TrainingSamples samples)
    {
        float[] logits = new float[samples.Count * model.Classes], rates = new float[samples.Count * model.Options.Columns];
        new SpikingScorer(model).Run(samples, samples.Count, logits, rates);
        int right = 0;
        for (int row = 0; row < samples.Count; row++)
        {
            ReadOnlySpan<float> scores = logits.AsSpan(row * model.Classes, model.Classes);
            if (System.Numerics.Tensors.TensorPrimitives.IndexOfMax(scores) == samples.Labels[row]) right++;
        }
        return (double)right / samples.Count;
    }
}
