using System.CommandLine;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>The options of the network and its training that are common enough for a command line; --config has them all.</summary>
internal sealed class NetworkOptions
{
    private static readonly SpikingNetwork s_default = new();
    private static readonly ColumnLayer s_layer = new();
    private static readonly ImageAugmentation s_unchanged = new() { MaximumShift = 0 };

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
    private readonly Option<int?> _shift =
        WordOption.Count("--shift", "Pixels that training images move at the most, differently at every look; 0 for none (preset best: 2).", least: 0);
    private readonly Option<double?> _rotation = WordOption.Create<double>("--rotation", "DEGREES", "Degrees that training images are turned at the most.",
        "a number from 0 to 180", word => WordOption.Number(word) is >= 0 and <= 180 and var value ? value : null);
    private readonly Option<double?> _scaling = WordOption.Fraction("--scaling", "Fraction by which training images are stretched or squeezed at the most.");
    private readonly Option<double?> _shear =
        WordOption.Fraction("--shear", "Pixels that a row of a training image moves sideways at the most, for each row from the middle.");
    private readonly Option<bool> _elastic = new("--elastic") { Description = "Distort training images as if they were drawn on rubber." };
    private readonly Option<bool> _flip = new("--flip") { Description = "Mirror every other training image: for things, not for characters." };
    private readonly Option<int?> _seed = WordOption.Integer("--seed", "Seed of all randomness (default: a random one, which the .run.json tells).");

    public void AddTo(System.CommandLine.Command command)
    {
        foreach (Option option in (Option[])[_epochs, _batches, _columns, _neurons, _timeSteps, _hidden, _batchSize, _learningRate, _validationFraction,
            _patience, _shift, _rotation, _scaling, _shear, _elastic, _flip, _seed])
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
            Augmentation = Apply(run, options.Augmentation ?? s_unchanged),
            BatchSize = run.Get(_batchSize) ?? options.BatchSize,
            Optimiser = options.Optimiser with { LearningRate = run.Get(_learningRate) ?? options.Optimiser.LearningRate },
            ValidationFraction = validation,
            EarlyStopping = run.Get(_patience) is { } patience
                ? (options.EarlyStopping ?? new EarlyStopping()) with { Patience = patience }
                : options.EarlyStopping,
            Seed = run.Get(_seed) ?? options.Seed,
        };
    }

    private ImageAugmentation? Apply(CommandRun run, ImageAugmentation augmentation)
    {
        augmentation = augmentation with
        {
            MaximumShift = run.Get(_shift) ?? augmentation.MaximumShift,
            MaximumRotation = run.Get(_rotation) ?? augmentation.MaximumRotation,
            MaximumScaling = run.Get(_scaling) ?? augmentation.MaximumScaling,
            MaximumShear = run.Get(_shear) ?? augmentation.MaximumShear,
            Elastic = run.Get(_elastic) ? augmentation.Elastic ?? new ElasticDistortion() : augmentation.Elastic,
            HorizontalFlip = run.Get(_flip) || augmentation.HorizontalFlip,
        };
        return augmentation == s_unchanged ? null : augmentation;
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
