using System.CommandLine;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>The options of the network and its training that are common enough for a command line; --config has them all.</summary>
internal sealed class NetworkOptions
{
    private static readonly SpikingNetwork s_default = new();
    private static readonly ColumnLayer s_layer = new();

    private readonly Option<int?> _epochs = WordOption.Count("--epochs", "Passes over the training data (default preset: 4, or as many as make 400 batches).");
    private readonly Option<int?> _batches = WordOption.Count("--batches", "Training batches in all, instead of --epochs.");
    private readonly Option<int?> _columns = WordOption.Count("--columns", $"Cortical columns in each layer (default preset: {s_layer.Columns}).");
    private readonly Option<int?> _neurons = WordOption.Count("--neurons", $"Neurons in each column (default preset: {s_layer.NeuronsPerColumn}).");
    private readonly Option<int?> _timeSteps = WordOption.Count("--time-steps", $"Time steps that a row is shown for (default preset: {s_default.TimeSteps}).");
    private readonly Option<int?> _hidden =
        WordOption.Count("--hidden", $"Hidden units of the readout; 0 for none (default preset: {s_default.Readout.HiddenUnits}).", least: 0);
    private readonly Option<int?> _batchSize = WordOption.Count("--batch-size", "Rows in a training batch (default preset: 128, or 32 of few rows).");
    private readonly Option<double?> _learningRate = WordOption.Rate("--learning-rate", "Learning rate of the readout at the start.");
    private readonly Option<double?> _validationFraction =
        WordOption.Fraction("--validation-fraction", "Fraction of the training rows to keep apart and measure accuracy on after each epoch.");
    private readonly Option<int?> _patience =
        WordOption.Count("--patience", "Epochs without a gain on the validation rows after which to end, and keep the best epoch's model.");
    private readonly Option<int?> _seed = WordOption.Integer("--seed", "Seed of all randomness (default: a random one, which the .run.json tells).");

    public void AddTo(System.CommandLine.Command command)
    {
        foreach (Option option in (Option[])[_epochs, _batches, _columns, _neurons, _timeSteps, _hidden, _batchSize, _learningRate, _validationFraction,
            _patience, _seed])
            command.Options.Add(option);
    }

    /// <summary>The options with what the command line says of them.</summary>
    public SpikingNetworkOptions Apply(CommandRun run, SpikingNetworkOptions options)
    {
        if (run.Has(_epochs) && run.Has(_batches)) throw Failure.Usage("--epochs and --batches both say how long to train.", "give one of the two.");
        double validation = run.Get(_validationFraction) ?? options.ValidationFraction;
        if (run.Has(_patience) && validation == 0)
            throw Failure.Usage("--patience waits for a gain on validation rows, but there are none.", "keep some apart, as with --validation-fraction 0.1.");
        return options with
        {
            Epochs = run.Get(_epochs) ?? options.Epochs,
            Batches = run.Get(_batches) ?? (run.Has(_epochs) ? null : options.Batches),
            Network = Apply(run, options.Network),
            BatchSize = run.Get(_batchSize) ?? options.BatchSize,
            Optimiser = options.Optimiser with { LearningRate = run.Get(_learningRate) ?? options.Optimiser.LearningRate },
            ValidationFraction = validation,
            EarlyStopping = run.Get(_patience) is { } patience
                ? (options.EarlyStopping ?? new EarlyStopping()) with { Patience = patience }
                : options.EarlyStopping,
            Seed = run.Get(_seed) ?? options.Seed,
        };
    }

    private SpikingNetwork Apply(CommandRun run, SpikingNetwork network) => network.EachLayer(layer =>
    {
        int columns = run.Get(_columns) ?? layer.Columns;
        return layer with
        {
            Columns = columns,
            Wiring = layer.Wiring?.Among(columns),
            NeuronsPerColumn = run.Get(_neurons) ?? layer.NeuronsPerColumn,
        };
    })
    with
    {
        TimeSteps = run.Get(_timeSteps) ?? network.TimeSteps,
        Readout = network.Readout with { HiddenUnits = run.Get(_hidden) ?? network.Readout.HiddenUnits },
    };
}
