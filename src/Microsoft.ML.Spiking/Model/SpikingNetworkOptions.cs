using System.Text.Json.Serialization;

namespace Microsoft.ML.Spiking;

/// <summary>How a spiking network is built and trained. Every member has a default; <see cref="Reference"/> is the published configuration.</summary>
/// <remarks>An immutable record: vary it by <c>with { ... }</c>. A rule that is null is off.</remarks>
public sealed record SpikingNetworkOptions
{
    /// <summary>The published "cortical spiking network with dynamic topology" for MNIST (February 2026), constant for constant.</summary>
    public static SpikingNetworkOptions Reference { get; } = new()
    {
        Columns = 64,
        NeuronsPerColumn = 128,
        TimeSteps = 50,
        Code = new SigmoidCode { Mean = 0.1307, Deviation = 0.3081 },
        Evaluation = new DeterministicCode(),
        Excitatory = new LifNeuron { MembraneTimeConstant = 20, SynapseTimeConstant = 5, Threshold = 2.5f },
        Inhibitory = new LifNeuron { MembraneTimeConstant = 16, SynapseTimeConstant = 4, Threshold = 2 },
        ExcitatoryGain = 0.3,
        InhibitoryGain = 0.3,
        Learning = new Reservoir(),
        Readout = new Readout { HiddenUnits = 512, Dropout = 0.2 },
        Homeostasis = new Homeostasis { InitialRate = 0.05, MinimumRate = 0.03, MaximumRate = 0.08, RateLossWeight = 0.05 },
        Stdp = new Stdp { CoActivity = CoActivity.Product, LearningRate = 5e-5, Depression = 0.012, PotentialMemory = 0.99 },
        StructuralPlasticity = new StructuralPlasticity
        {
            Interval = 100,
            MinimumDensity = 0,
            MaximumDensity = 0.25,
            Turnover = 1,
            FormationThreshold = 0.8,
            InitialWeight = null,
            GracePeriod = 0,
            PruningThreshold = 0.05,
            WeakWeight = 0.1,
        },
        Optimiser = new AdamW(),
        Epochs = 40,
        BatchSize = 128,
    };

    /// <summary>The most accurate network for images like MNIST's, in minutes of training rather than seconds: columns that see a patch each, on images that move about.</summary>
    /// <remarks>On MNIST 99.23 % of the test images (median of five seeds), after some 200 seconds of training on two cores. The feature column must be an image, of 14 by 14 to 70 by 70 pixels.</remarks>
    public static SpikingNetworkOptions Best { get; } = new()
    {
        Columns = 32,
        NeuronsPerColumn = 64,
        ReceptiveField = new ReceptiveField { Height = 14, Width = 14 },
        TimeSteps = 8,
        Code = new DirectCode { Gain = 1 },
        Augmentation = new ShiftAugmentation { MaximumShift = 2 },
        Excitatory = new LifNeuron { MembraneTimeConstant = 5, SynapseTimeConstant = 2, Threshold = 2.5f },
        Inhibitory = new LifNeuron { MembraneTimeConstant = 4, SynapseTimeConstant = 1.6, Threshold = 2 },
        ExcitatoryGain = 1,
        InhibitoryGain = 1,
        Learning = new Surrogate { Gradient = new ATan { Slope = 1 } },
        Homeostasis = new Homeostasis { RateLossWeight = 0.05, InitialRate = 0.05, MinimumRate = 0.03, MaximumRate = 0.08 },
        Readout = new Readout { HiddenUnits = 512, Dropout = 0.2 },
        Optimiser = new AdamW { LearningRate = 3e-3, GradientNormLimit = 5 },
        Epochs = 30,
        BatchSize = 128,
    };

    /// <summary>Column with the class: a key, or a Boolean for the binary trainer. Default "Label".</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>
    /// Column with the input: intensities, Vector&lt;Single&gt; of a known size, or spike trains, Vector&lt;Boolean, [time, inputs]&gt;. Default "Features".
    /// </summary>
    public string FeatureColumnName { get; init; } = "Features";

    /// <summary>
    /// Column with how much each row counts in the loss and in the accuracies that training tells of, Single: finite and not negative. A row whose weight is NaN is left out as missing, one of
    /// weight 0 as if it were not there. Null where all rows count alike. Default null.
    /// </summary>
    /// <remarks>
    /// The loss of a batch is the mean of weight · cross entropy, with weights scaled to a mean of 1 over all training rows, so that only ratios matter. Plasticity and homeostasis follow
    /// what the columns do, whatever the row weighs.
    /// </remarks>
    public string? ExampleWeightColumnName { get; init; }

    /// <summary>Output column: the most probable class, a key, or a Boolean of the binary trainer. Default "PredictedLabel".</summary>
    public string PredictedLabelColumnName { get; init; } = "PredictedLabel";

    /// <summary>Output column: the probability of each class, or the log-odds of true of the binary trainer. Default "Score".</summary>
    public string ScoreColumnName { get; init; } = "Score";

    /// <summary>Output column of the binary trainer alone: the probability of true. Default "Probability".</summary>
    public string ProbabilityColumnName { get; init; } = "Probability";

    /// <summary>Output column: spikes per neuron and time step, one value a cortical column. Default "SpikeRate".</summary>
    public string SpikeRateColumnName { get; init; } = "SpikeRate";

    /// <summary>Cortical columns in the network. Default 16.</summary>
    public int Columns { get; init; } = 16;

    /// <summary>Neurons in each column. Default 64.</summary>
    public int NeuronsPerColumn { get; init; } = 64;

    /// <summary>Fraction of each column's neurons, rounded down, that are excitatory: their spikes count +1, the others' -1. Default 0.8.</summary>
    public double ExcitatoryFraction { get; init; } = 0.8;

    /// <summary>The excitatory neuron. Default: time constants 5 and 2 steps, threshold 2.5.</summary>
    public LifNeuron Excitatory { get; init; } = new() { MembraneTimeConstant = 5, SynapseTimeConstant = 2, Threshold = 2.5f };

    /// <summary>The inhibitory neuron. Default: time constants 4 and 1.6 steps, threshold 2.</summary>
    public LifNeuron Inhibitory { get; init; } = new() { MembraneTimeConstant = 4, SynapseTimeConstant = 1.6, Threshold = 2 };

    /// <summary>What multiplies the excitatory neurons' Kaiming-normal weights, of deviation √(2 / inputs), the inputs that the column sees. Default 1.</summary>
    public double ExcitatoryGain { get; init; } = 1;

    /// <summary>What multiplies the inhibitory neurons' Kaiming-normal weights, besides -1. Default 1.</summary>
    public double InhibitoryGain { get; init; } = 1;

    /// <summary>The patch of the image that each column sees; null where every column sees all inputs. Default null.</summary>
    public ReceptiveField? ReceptiveField { get; init; }

    /// <summary>The graph of connections between columns. Default: 8 neighbours, or as many as fewer columns allow, rewired with probability 0.15.</summary>
    // The default is kept as null, so that options equal themselves read from a model.
    public WattsStrogatz Wiring { get => field ?? WattsStrogatz.Default(Columns); init => field = value == WattsStrogatz.Default(Columns) ? null : value; }

    /// <summary>Standard deviation of the initial weights between columns. Default 0.05.</summary>
    public double InterWeightDeviation { get; init; } = 0.05;

    /// <summary>How much the columns it hears change what a column's spikes count: each counts 1 + Modulation · influence. Default 0.1.</summary>
    public double Modulation { get; init; } = 0.1;

    /// <summary>
    /// How strongly the columns drive each other: in every step each neuron of a column receives, besides its input, Coupling · influence of the step before, as a current.
    /// A column's inhibitory spikes count negative, so they lower the membranes of the columns that hear it. Default 0: columns receive no spikes of each other.
    /// </summary>
    public double Coupling { get; init; }

    /// <summary>Time steps that a sample is shown for. A spike train brings its own, and so does a sequence (<see cref="DeltaCode"/>). Default 8.</summary>
    public int TimeSteps { get; init; } = 8;

    /// <summary>How images move about in training; null where they stay in place. Default null.</summary>
    public ShiftAugmentation? Augmentation { get; init; }

    /// <summary>
    /// How intensities are shown to the columns in training. Default null: as the data ask for, <see cref="IntensityCode"/> of a spike in every step at full intensity for 64 or more
    /// inputs of one kind, as images have, and <see cref="DirectCode"/> of gain 1 for others. A model's options say which it became.
    /// </summary>
    public SpikeCode? Code { get; init; }

    /// <summary>Which features share a scale before they are encoded. Default <see cref="FeatureScaling.Auto"/>: as the data ask for; a model's options say which it became.</summary>
    public FeatureScaling Scaling { get; init; }

    /// <summary>What the columns are shown when a trained network predicts from intensities. Default: <see cref="ExpectedCode"/>.</summary>
    public EvaluationCode Evaluation { get; init; } = new ExpectedCode();

    /// <summary>Whether and how the columns' own weights learn. Default: by <see cref="Surrogate"/> gradients.</summary>
    public ColumnLearning Learning { get; init; } = new Surrogate();

    /// <summary>The trained readout of the columns' spike rates. Default: 256 hidden units, no dropout, since the spikes are noise enough.</summary>
    public Readout Readout { get; init; } = new() { HiddenUnits = 256, Dropout = 0 };

    /// <summary>Spike-timing-dependent plasticity between columns; null for none. Default: of correlations.</summary>
    public Stdp? Stdp { get; init; } = new();

    /// <summary>Rate homeostasis of the columns; null for none. Default: towards 0.05 to 0.15 spikes per neuron and step, with ten times the squared distance in the loss.</summary>
    public Homeostasis? Homeostasis { get; init; } = new() { InitialRate = 0.1, MinimumRate = 0.05, MaximumRate = 0.15, RateLossWeight = 10 };

    /// <summary>Growth and pruning of connections between columns; null for none. Needs <see cref="Stdp"/>. Default: every 50 batches, within a density of 0.05 to 0.5.</summary>
    public StructuralPlasticity? StructuralPlasticity { get; init; } = new();

    /// <summary>
    /// How much the rows of each class count in the loss and in the accuracies that training tells of, times their <see cref="ExampleWeightColumnName"/>: <c>ClassWeights.Balanced</c>
    /// where the rarer shall weigh the more, or, say, <c>ClassWeights.Of(("fraud", 20))</c>; null where the classes count as often as they come. Default null.
    /// </summary>
    public ClassWeights? ClassWeights { get; init; }

    /// <summary>The optimiser of all that is trained by gradient. Default: learning rate 3e-3, gradient norm at most 5.</summary>
    public AdamW Optimiser { get; init; } = new() { LearningRate = 3e-3, GradientNormLimit = 5 };

    /// <summary>Label smoothing, 0 to below 1: of each target, so much is spread evenly over all classes (Szegedy et al. 2016), so that scores are less sure. Default 0.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>What makes scores mean what they say, by the validation rows where there are any; null to leave them as the readout gives them. Default: <see cref="TemperatureScaling"/>.</summary>
    public TemperatureScaling? Calibration { get; init; } = new();

    /// <summary>Passes over the training data, unless <see cref="Updates"/> is set. Default null: 4, or as many as make 400 batches.</summary>
    public int? Epochs { get; init; }

    /// <summary>Training batches in all; null to train for <see cref="Epochs"/>. Suits small and large data alike. Default null.</summary>
    public int? Updates { get; init; }

    /// <summary>Rows in a training batch; an epoch's last batch may be smaller. Default null: 128, or 32 where 4 epochs of those would be fewer than 400 batches.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Seed of all randomness; null for MLContext's, or a random one where that has none. Default null.</summary>
    public int? Seed { get; init; }

    /// <summary>Where to train. Default <see cref="TrainingDevice.Auto"/>.</summary>
    public TrainingDevice Device { get; init; } = TrainingDevice.Auto;

    /// <summary>Fraction of the training rows, 0 to below 1, that are drawn at random and kept apart to measure accuracy on after each epoch. Default 0.</summary>
    public double ValidationFraction { get; init; }

    /// <summary>Rows to measure accuracy on after each epoch, transformed as the training rows are; null for none.</summary>
    /// <remarks>They never choose weights, unless <see cref="EarlyStopping"/> is on: then they choose the epoch whose weights the model has.</remarks>
    [JsonIgnore]
    public IDataView? ValidationSet { get; init; }

    /// <summary>
    /// Training batches between two measurements of accuracy on the validation rows within an epoch, each reported as a <see cref="BatchProgress"/>; null to
    /// measure after each epoch alone. Default null.
    /// </summary>
    public int? ValidationInterval { get; init; }

    /// <summary>Training batches between two reports of <see cref="BatchProgress"/>. Default 100.</summary>
    public int ProgressInterval { get; init; } = 100;

    /// <summary>Told of every <see cref="ProgressInterval"/>th batch, of every measurement of accuracy and of every epoch, from the training thread; null for nobody.</summary>
    [JsonIgnore]
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>Ends training after the batch that it is in, as <see cref="OnCancel"/> says.</summary>
    [JsonIgnore]
    public CancellationToken CancellationToken { get; init; }

    /// <summary>What a training that is cancelled does. Default <see cref="OnCancel.Throw"/>.</summary>
    [JsonIgnore]
    public OnCancel OnCancel { get; init; }

    /// <summary>When to end training before its time, by accuracy on the validation rows; null for never. Default null.</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>
    /// Training time, evaluation excluded, after which one Fit ends with the batch that it is in, as if it were complete; null for no limit. Default null.
    /// The learning rate does not know: it follows the schedule of all batches.
    /// </summary>
    [JsonIgnore]
    public TimeSpan? MaximumTime { get; init; }

    /// <summary>
    /// The file that holds all a training needs to go on, written anew at the end of every epoch and where the training is cancelled or its time is up; null for none. Default null.
    /// It is there whole or not at all, whenever the program is stopped. One that cannot be written is a warning in the log, and training goes on.
    /// </summary>
    [JsonIgnore]
    public string? CheckpointPath { get; init; }

    /// <summary>
    /// A file that <see cref="CheckpointPath"/> named, from where training goes on, on the same data and by the same options; null to start afresh. Default null.
    /// On the CPU it gives the model, to the bit, that a training without interruption gives.
    /// </summary>
    /// <remarks>
    /// What does not shape training may differ: the device, progress and its intervals, cancellation, <see cref="EarlyStopping"/>, <see cref="MaximumTime"/> and where checkpoints go.
    /// </remarks>
    [JsonIgnore]
    public string? ResumeFrom { get; init; }

    /// <summary>The code, once the data have been seen.</summary>
    internal SpikeCode ChosenCode => Code ?? throw new InvalidOperationException(Trouble.Options.Says("Code is null, which leaves it to the data, but nobody has measured them yet; name a code."));

    /// <summary>Excitatory neurons in each column.</summary>
    internal int ExcitatoryNeurons => (int)Math.Floor(NeuronsPerColumn * ExcitatoryFraction);

    /// <summary>The options as a model keeps them: without what belongs to one run.</summary>
    internal SpikingNetworkOptions OfModel() => this with
    {
        Progress = null, ValidationSet = null, CancellationToken = default, OnCancel = default, MaximumTime = null, CheckpointPath = null, ResumeFrom = null,
    };

    /// <exception cref="ArgumentException">Says which option cannot be, and what it must be.</exception>
    internal void Check()
    {
        foreach (string name in (string[])[LabelColumnName, FeatureColumnName, PredictedLabelColumnName, ScoreColumnName, ProbabilityColumnName, SpikeRateColumnName])
            Require.That(!string.IsNullOrWhiteSpace(name), "A column's name in the options is empty.");
        Require.That(ExampleWeightColumnName is null || !string.IsNullOrWhiteSpace(ExampleWeightColumnName),
            "ExampleWeightColumnName is empty, but it must name a column; leave it null where all rows count alike.");
        Require.Positive(Columns, nameof(Columns));
        Require.Positive(NeuronsPerColumn, nameof(NeuronsPerColumn));
        Require.Fraction(ExcitatoryFraction, nameof(ExcitatoryFraction));
        Require.That(Excitatory is not null && Inhibitory is not null && Evaluation is not null && Learning is not null && Readout is not null && Optimiser is not null,
            "Excitatory, Inhibitory, Evaluation, Learning, Readout or Optimiser is null, but a network needs them all; leave out what is to be as by default.");
        Excitatory.Check(nameof(Excitatory));
        Inhibitory.Check(nameof(Inhibitory));
        Require.NotNegative(ExcitatoryGain, nameof(ExcitatoryGain));
        Require.NotNegative(InhibitoryGain, nameof(InhibitoryGain));
        ReceptiveField?.Check();
        Wiring.Check(Columns);
        Require.NotNegative(InterWeightDeviation, nameof(InterWeightDeviation));
        Require.NotNegative(Coupling, nameof(Coupling));
        Require.Positive(TimeSteps, nameof(TimeSteps));
        Augmentation?.Check();
        Code?.Check(nameof(Code));
        if (Code is not null) Evaluation.Check(Code);
        Require.That(Enum.IsDefined(Scaling), $"Scaling is {Scaling}, but it must be Auto, Shared, PerInput or None.");
        Learning.Check();
        Readout.Check();
        Stdp?.Check();
        Homeostasis?.Check();
        StructuralPlasticity?.Check();
        Require.That(StructuralPlasticity is null || Stdp is not null,
            "StructuralPlasticity is on but Stdp is null, and only STDP keeps the potential and usage that it reads; turn both on or both off.");
        ClassWeights?.Check();
        Optimiser.Check();
        Require.That(Epochs is null or > 0, $"Epochs is {Epochs}, but it must be greater than 0, or null to be chosen by the number of rows.");
        Require.That(Updates is null or > 0, $"Updates is {Updates}, but it must be greater than 0, or null to train for Epochs.");
        Require.That(BatchSize is null or > 0, $"BatchSize is {BatchSize}, but it must be greater than 0, or null to be chosen by the number of rows.");
        Require.That(ValidationFraction is >= 0 and < 1, $"ValidationFraction is {ValidationFraction}, but it must be at least 0 and less than 1.");
        Require.That(ValidationInterval is null or > 0, $"ValidationInterval is {ValidationInterval}, but it must be greater than 0, or null to measure after each epoch.");
        Require.Positive(ProgressInterval, nameof(ProgressInterval));
        Require.That(OnCancel is OnCancel.Throw or OnCancel.ReturnBestSoFar, $"OnCancel is {OnCancel}, but it must be Throw or ReturnBestSoFar.");
        Require.That(LabelSmoothing is >= 0 and < 1, $"LabelSmoothing is {LabelSmoothing}, but it must be at least 0 and less than 1.");
        EarlyStopping?.Check();
        Require.That(MaximumTime is null || MaximumTime > TimeSpan.Zero, $"MaximumTime is {MaximumTime}, but it must be greater than 0, or null for no limit.");
        Require.That(CheckpointPath is null || !string.IsNullOrWhiteSpace(CheckpointPath), "CheckpointPath is empty, but it must name a file; leave it null for no checkpoints.");
        Require.That(ResumeFrom is null || !string.IsNullOrWhiteSpace(ResumeFrom), "ResumeFrom is empty, but it must name a checkpoint; leave it null to start afresh.");
    }

    /// <summary>Checks all of a training: a model keeps its options, but not the rows that it was validated on.</summary>
    /// <exception cref="ArgumentException">Says which option cannot be, and what it must be.</exception>
    internal void CheckTraining()
    {
        Check();
        bool validated = ValidationFraction > 0 || ValidationSet is not null;
        Require.That(ValidationFraction == 0 || ValidationSet is null, "Both ValidationFraction and ValidationSet are set; keep one.");
        Require.That(ValidationInterval is null || validated,
            $"ValidationInterval is {ValidationInterval}, but there are no validation rows to measure on; set ValidationSet or ValidationFraction, or leave it null.");
        Require.That(EarlyStopping is null || validated,
            "EarlyStopping is on, but there are no validation rows to choose the best epoch by; set ValidationSet or ValidationFraction, or leave it null.");
    }
}
