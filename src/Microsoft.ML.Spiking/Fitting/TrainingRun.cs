using System.Text.Json;
using Microsoft.ML.Runtime;
using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Engines;
using Microsoft.ML.Spiking.Model;
using Microsoft.ML.Spiking.Samples;

namespace Microsoft.ML.Spiking.Fitting;

/// <summary>One training, from the data as they have been read to the finished model.</summary>
internal sealed class TrainingRun
{
    private readonly SpikingNetworkOptions _options;
    private readonly TrainingData _data;
    private readonly TrainingColumns _columns;
    private readonly int _seed;
    private readonly EngineChoice _engine;
    private readonly IChannel _channel;
    private readonly TrainingSchedule _schedule;
    private readonly SampleEncoder _encoder;
    private readonly ModelEvaluation _evaluation;
    private readonly Interruption _interruption;
    private readonly Checkpoints _checkpoints;
    private readonly WarmStart? _start;
    private readonly SharedTraining _shared;
    private readonly Lazy<DataOutline> _outline;

    /// <param name="options">How to train.</param>
    /// <param name="data">What to learn.</param>
    /// <param name="columns">Where it comes from.</param>
    /// <param name="seed">Of all randomness.</param>
    /// <param name="engine">What computes.</param>
    /// <param name="host">Is asked whether to go on.</param>
    /// <param name="channel">The log.</param>
    /// <param name="shared">Who else trains it.</param>
    /// <param name="start">What to begin with; null for what is drawn.</param>
    public TrainingRun(SpikingNetworkOptions options, TrainingData data, TrainingColumns columns, int seed, EngineChoice engine, IHost host, IChannel channel,
        SharedTraining shared, SpikingModel? start = null)
    {
        FeatureStatistics statistics = data.Training.Statistics();
        SpikingNetworkOptions asked = options;
        options = LeftToData.All(options, columns.Input, statistics, data.Training.Count);
        if (data.Training is StreamedRows) options = LeftToData.Blocks(options, StreamedRows.BlockRows(columns.Input));
        if (LeftToData.Line(asked, options.Network, options.Recipe, columns.Input, data.Training.Count) is { } line)
            channel.Info(MessageSensitivity.None, line);
        if (!columns.Input.IsSpikeTrain && FeatureWarning.Of(statistics, options.Network) is { } fault) channel.Warning(MessageSensitivity.None, fault);
        if (data.Validation is StreamedRows measured)
            channel.Info(MessageSensitivity.None, $"The {measured.Count} rows to measure on are not held either: each measurement reads them again.");
        data = data.Weighted(options.ClassWeights, columns);
        (_options, _data, _columns, _seed, _engine, _channel, _shared) = (options, data, columns, seed, engine, channel, shared);
        _schedule = new TrainingSchedule(options, data.Training.Count, seed);
        SpikeCode code = options.Network.ChosenCode;
        _start = start is null ? null : new WarmStart(start, asked.Network, columns, seed);
        float[] inputScale = columns.Input.IsSpikeTrain ? [] : _start?.InputScale ?? code.InitialInputScales(columns.Input.Inputs);
        Standardisation standardisation = _start?.Standardisation
            ?? (columns.Input.IsSpikeTrain ? Standardisation.None : code.Standardise(statistics, options.Network.Scaling));
        _encoder = new SampleEncoder(options.Network, standardisation, inputScale);
        _evaluation = new ModelEvaluation(options, data, columns, _encoder, shared);
        _interruption = new Interruption(options, host, shared);
        _outline = new Lazy<DataOutline>(() => DataOutline.Of(data, columns, statistics) with { Start = _start?.Digest });
        _checkpoints = new Checkpoints(options, _outline, columns.Input, _encoder, _schedule, seed, channel, shared);
    }

    /// <param name="from">What to go on from; null to start afresh.</param>
    public SpikingModel Run(Checkpoint? from)
    {
        if (_options.Communicator is not null)
            _shared.Agree("data",
                $"{JsonSerializer.Serialize(_outline.Value, CheckpointJson.Default.DataOutline)} {_data.Validation?.Digests(_data.ValidationWeights)}");
        var streamed = _data.Training as StreamedRows;
        using NetworkTraining training = _shared.Begin(() =>
        {
            from?.CheckOptions(_options);   // those left to the data too, as they have been chosen
            float[][] weights = from is not null ? _checkpoints.InputWeights(from)
                : _start?.InputWeights ?? Drawn.InputWeights(_options.Network, _columns.Input, _seed);
            return _engine.Begin(new TrainingSetup(_options.Network, _options.Recipe, _columns.Input, _columns.Classes, _seed,
                _schedule.Total, weights, _encoder, streamed is null ? _data.Training.First : null)
            {
                Communicator = _options.Communicator,
                GradientSum = _options.GradientSum,
            });
        });
        if (training.Remark is { } remark) _channel.Info(MessageSensitivity.None, remark);
        TrainingState state = _shared.Begin(() =>
        {
            var begun = new TrainingState(training, new EpochMetrics(training, _options.Network.AllColumns));
            if (from is not null) _checkpoints.Restore(from, begun);
            else _start?.Put(training);
            return begun;
        });
        _channel.Info(MessageSensitivity.None,
            $"{string.Join(", then ", _options.Network.Layers.Zip(_options.Network.ShapesOf(_columns.Input), (layer, shape) => layer.Said(shape)))}, "
                + $"{_columns.Input.Inputs} inputs, {_columns.Classes} classes, "
            + $"{_data.Training.Count} rows{(streamed is null ? "" : $" in blocks of {_options.BlockRows}")}, {_schedule.Total} batches of "
                + $"{_schedule.BatchSize}{(from is null ? "" : $", {state.Batches} of them done")}.");

        using BlockReader? blocks = streamed is null ? null : new BlockReader(streamed, _schedule.Places, RowShare.ToLearnFrom(_options), _schedule.After);
        var loop = new TrainingLoop(
            state, _options, _data, _schedule, blocks, _evaluation, _interruption, _checkpoints,
            new TrainingReports(_options, _channel, state.Clock, _schedule.Epochs, _schedule.Total, _shared), _shared);
        TrainingEnd end = loop.Run();
        SpikingModel model = _evaluation.Calibrated(WithRecord(loop.Chosen(), state, end));
        if (ColumnWarning.Of(model) is { } silence) _channel.Warning(MessageSensitivity.None, silence);
        return model;
    }

    private SpikingModel WithRecord(ModelCandidate chosen, TrainingState state, TrainingEnd end) => chosen.Model with
    {
        FeatureNames = _columns.FeatureNames,
        BinWidth = _columns.BinWidth ?? _start?.BinWidth,
        Training = new TrainingRecord
        {
            History = state.History,
            Journal = [.. state.Training.Journal.Where(change => change.Batch <= chosen.Batches)],
            Seed = _seed,
            Recipe = _options.Recipe,
            Rows = _data.Training.Count,
            End = end,
            BestEpoch = _options.EarlyStopping is null ? null : chosen.Epoch,
            Batches = chosen.Batches,
            ValidationAccuracy = chosen.Accuracy,
            SpikeRate = state.History[chosen.Epoch - 1].SpikeRate,
        },
        Provenance = TrainingProvenance.Of(state.Clock.Total, state.Training.Device, state.Training.TorchSharp),
    };
}
