using System.CommandLine;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>The options of the network and its training that are common enough for a command line; --config has them all.</summary>
internal sealed class NetworkOptions
{
    private readonly Option<int?> _epochs = Count("--epochs", "Passes over the training data.");
    private readonly Option<int?> _updates = Count("--updates", "Training batches in all, instead of --epochs.");
    private readonly Option<int?> _columns = Count("--columns", "Cortical columns.");
    private readonly Option<int?> _neurons = Count("--neurons", "Neurons in each column.");
    private readonly Option<int?> _timeSteps = Count("--time-steps", "Time steps that a row is shown for.");
    private readonly Option<int?> _hidden = Count("--hidden", "Hidden units of the readout; 0 for none.");
    private readonly Option<int?> _batchSize = Count("--batch-size", "Rows in a training batch.");
    private readonly Option<double?> _learningRate = new("--learning-rate") { Description = "Learning rate of the readout at the start.", HelpName = "RATE" };
    private readonly Option<double?> _validationFraction = new("--validation-fraction") { Description = "Fraction of the training rows to keep apart and measure accuracy on after each epoch.", HelpName = "FRACTION" };
    private readonly Option<int?> _patience = Count("--patience", "Epochs without a gain on the validation rows after which to end, and keep the best epoch's model.");
    private readonly Option<int?> _seed = new("--seed") { Description = "Seed of all randomness (default: a random one, which run.json tells).", HelpName = "N" };

    public void AddTo(System.CommandLine.Command command)
    {
        foreach (Option option in (Option[])[_epochs, _updates, _columns, _neurons, _timeSteps, _hidden, _batchSize, _learningRate, _validationFraction, _patience, _seed]) command.Options.Add(option);
    }

    /// <summary>The options with what the command line says of them.</summary>
    public SpikingNetworkOptions Apply(CommandRun run, SpikingNetworkOptions options)
    {
        int columns = run.Get(_columns) ?? options.Columns;
        return options with
        {
            Epochs = run.Get(_epochs) ?? options.Epochs,
            Updates = run.Get(_updates) ?? (run.Has(_epochs) ? null : options.Updates),
            Columns = columns,
            // A ring of few columns has few neighbours.
            Wiring = run.Has(_columns) ? options.Wiring with { Neighbours = Math.Min(options.Wiring.Neighbours, Math.Max(0, (columns - 1) / 2 * 2)) } : options.Wiring,
            NeuronsPerColumn = run.Get(_neurons) ?? options.NeuronsPerColumn,
            TimeSteps = run.Get(_timeSteps) ?? options.TimeSteps,
            Readout = options.Readout with { HiddenUnits = run.Get(_hidden) ?? options.Readout.HiddenUnits },
            BatchSize = run.Get(_batchSize) ?? options.BatchSize,
            Optimiser = options.Optimiser with { LearningRate = run.Get(_learningRate) ?? options.Optimiser.LearningRate },
            ValidationFraction = run.Get(_validationFraction) ?? options.ValidationFraction,
            EarlyStopping = run.Get(_patience) is { } patience ? (options.EarlyStopping ?? new EarlyStopping()) with { Patience = patience } : options.EarlyStopping,
            Seed = run.Get(_seed) ?? options.Seed,
        };
    }

    private static Option<int?> Count(string name, string description) => new(name) { Description = description, HelpName = "N" };
}
