using Microsoft.ML.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking;

/// <summary>One training, from the data in memory to the finished model.</summary>
internal sealed class TrainingRun
{
    private readonly SpikingNetworkOptions _options;
    private readonly TrainingData _data;
    private readonly TrainingColumns _columns;
    private readonly int _seed;
    private readonly Device _device;
    private readonly IChannel _channel;
    private readonly TrainingSchedule _schedule;
    private readonly SampleEncoder _encoder;
    private readonly ModelEvaluation _evaluation;
    private readonly Interruption _interruption;
    private readonly Checkpoints _checkpoints;

    public TrainingRun(SpikingNetworkOptions options, TrainingData data, TrainingColumns columns, int seed, Device device, IHost host, IChannel channel)
    {
        data = data.Weighted(options.ClassWeights, columns);
        (_options, _data, _columns, _seed, _device, _channel) = (options, data, columns, seed, device, channel);
        _schedule = new TrainingSchedule(options, data.Training.Count, seed);
        FeatureStatistics statistics = data.Training.Statistics();
        float[] inputScale = columns.Input.IsSpikeTrain ? [] : options.Code.InitialInputScales(columns.Input.Inputs);
        _encoder = new SampleEncoder(options, options.Code.Standardise(statistics), inputScale);
        _evaluation = new ModelEvaluation(options, data, columns, _encoder);
        _interruption = new Interruption(options, host);
        _checkpoints = new Checkpoints(options, DataOutline.Of(data, columns, statistics), columns.Input, _encoder, seed, channel);
    }

    /// <param name="from">What to go on from; null to start afresh.</param>
    public SpikingModel Run(Checkpoint? from)
    {
        using var scope = NewDisposeScope();
        using var network = new SpikingNetwork(_options, _columns.Input.Inputs, _columns.Classes, _seed, _device);
        float[] weights = from is null
            ? ColumnInitialiser.Draw(_options, _columns.Input.Inputs, _seed, ReceptiveFields.Of(_options, _columns.Input))
            : _checkpoints.ColumnWeights(from);
        using ColumnEngine columns = EngineChoice.Make(_options, weights, _columns.Input, _encoder, _data.Training, _device);
        using var descent = new GradientDescent(network, _schedule.Total);
        columns.Train(descent);
        using var metrics = new EpochMetrics(_device);
        var state = new TrainingState(network, columns, descent, metrics);
        if (from is not null) _checkpoints.Restore(from, state);
        _channel.Info(MessageSensitivity.None, $"{_options.Columns} columns of {_options.NeuronsPerColumn} neurons, {_columns.Input.Inputs} inputs, {_columns.Classes} classes, "
            + $"{_data.Training.Count} rows, {_schedule.Total} batches of {_options.BatchSize}{(from is null ? "" : $", {state.Updates} of them done")}.");

        var loop = new TrainingLoop(
            state, _options, _data, _schedule, _evaluation, _interruption, _checkpoints, new TrainingReports(_options, _channel, state.Clock, _schedule.Epochs, _schedule.Total));
        TrainingEnd end = loop.Run();
        return WithRecord(loop.Chosen(), state, end);
    }

    private SpikingModel WithRecord(ModelCandidate chosen, TrainingState state, TrainingEnd end) => chosen.Model with
    {
        Training = new TrainingRecord
        {
            History = state.History,
            Journal = [.. state.Learner.Journal.Where(change => change.Batch <= chosen.Updates)],
            Seed = _seed,
            Rows = _data.Training.Count,
            End = end,
            BestEpoch = _options.EarlyStopping is null ? null : chosen.Epoch,
            Updates = chosen.Updates,
            TestAccuracy = chosen.Accuracy,
            SpikeRate = state.History[chosen.Epoch - 1].SpikeRate,
        },
        Provenance = ModelSnapshot.Provenance(state.Clock.Total, _device),
    };
}
