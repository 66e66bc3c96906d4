using System.Text.Json.Serialization;
using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>A network and a training of it. Every member has a default; <see cref="Reference"/> is the published configuration.</summary>
/// <remarks>
/// An immutable record: vary it by <c>with { ... }</c>. What the network is, is in <see cref="Network"/>; what shapes its weights in training, in the
/// <see cref="TrainingRecipe"/>; the rest belongs to one run.
/// </remarks>
public sealed record SpikingNetworkOptions : TrainingRecipe
{
    /// <summary>The published "cortical spiking network with dynamic topology" for MNIST (February 2026), constant for constant.</summary>
    public static SpikingNetworkOptions Reference { get; } = new()
    {
        Network = new SpikingNetwork
        {
            Code = new SigmoidCode { Mean = 0.1307, Deviation = 0.3081 },
            EvaluationCode = new DeterministicCode(),
            TimeSteps = 50,
            Layers =
            [
                new ColumnLayer
                {
                    Columns = 64,
                    NeuronsPerColumn = 128,
                    Excitatory = new LifNeuron { MembraneTimeConstant = 20, SynapseTimeConstant = 5, Threshold = 2.5f },
                    Inhibitory = new LifNeuron { MembraneTimeConstant = 16, SynapseTimeConstant = 4, Threshold = 2 },
                    ExcitatoryGain = 0.3,
                    InhibitoryGain = 0.3,
                    Learning = new Reservoir(),
                    Homeostasis = new Homeostasis { InitialRate = 0.05, MinimumRate = 0.03, MaximumRate = 0.08, RateLossWeight = 0.05 },
                    Plasticity = new ProductStdp(),
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
                },
            ],
            Readout = new Readout { HiddenUnits = 512, Dropout = 0.2 },
        },
        Optimiser = new AdamW(),
        Epochs = 40,
        BatchSize = 128,
    };

    /// <summary>
    /// The most accurate network for images like MNIST's, in minutes of training rather than seconds: columns that see a patch each, on images that are bent
    /// anew at every look.
    /// </summary>
    /// <remarks>
    /// On MNIST 99.43 % of the test images (the median of five seeds), after about 600 seconds of processor time. The feature column must be an image, of 14
    /// by 14 to 112 by 112 pixels. Its augmentation is for characters: of things, mirrors do more than bends.
    /// </remarks>
    public static SpikingNetworkOptions Best { get; } = new()
    {
        Network = new SpikingNetwork
        {
            Code = new DirectCode { Gain = 1 },
            Layers =
            [
                new ColumnLayer
                {
                    Columns = 64,
                    NeuronsPerColumn = 64,
                    ReceptiveField = new ReceptiveField { Height = 14, Width = 14 },
                    Homeostasis = new Homeostasis { RateLossWeight = 0.05, InitialRate = 0.05, MinimumRate = 0.03, MaximumRate = 0.08 },
                },
            ],
            Readout = new Readout { HiddenUnits = 512, Dropout = 0.2 },
        },
        Augmentation = new ImageAugmentation
        {
            MaximumShift = 1,
            MaximumRotation = 12,
            MaximumScaling = 0.12,
            MaximumShear = 0.12,
            Elastic = new ElasticDistortion(),
        },
        Epochs = 40,
        BatchSize = 128,
    };

    /// <summary>Column with the class: a key, or a Boolean for the binary trainer. Default "Label".</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>
    /// Column with the input: intensities, Vector&lt;Single&gt; of a known size, or spike trains, Vector&lt;Boolean, [time, inputs]&gt;. Default "Features".
    /// </summary>
    public string FeatureColumnName { get; init; } = "Features";

    /// <summary>
    /// Column with how much each row counts in the loss and in the accuracies that training reports, Single: finite and not negative. A row whose weight is
    /// NaN is left out as missing, one of weight 0 as if it were not there. Null where all rows count alike. Default null.
    /// </summary>
    /// <remarks>
    /// The loss of a batch is the mean of weight · cross entropy, with weights scaled to a mean of 1 over all training rows, so that only ratios matter.
    /// Plasticity and homeostasis follow what the columns do, whatever the row weighs.
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

    /// <summary>
    /// Output column: what the row's prediction cost, as a <see cref="PredictionCost"/> counts it, Vector&lt;Double, 4&gt; of InputEvents, Spikes,
    /// SynapticOperations and BytesMoved, which its SlotNames say; null for none. Default null. A trained network gets or loses it by
    /// <see cref="SpikingNetworkTransformer.WithCost"/>.
    /// </summary>
    public string? CostColumnName { get; init; }

    /// <summary>The network. Default: columns that are shown a row for 8 time steps.</summary>
    public SpikingNetwork Network { get; init; } = new();

    /// <summary>
    /// What makes scores mean what they say, by the validation rows where there are any; null to leave them as the readout gives them. Default:
    /// <see cref="TemperatureScaling"/>.
    /// </summary>
    public TemperatureScaling? Calibration { get; init; } = new();

    /// <summary>Seed of all randomness; null for MLContext's, or a random one if it has none. Default null.</summary>
    public int? Seed { get; init; }

    /// <summary>Where to train. Default <see cref="TrainingDevice.Auto"/>.</summary>
    public TrainingDevice Device { get; init; } = TrainingDevice.Auto;

    /// <summary>By what code to train. Default <see cref="TrainingEngine.Auto"/>: managed code on the CPU, torch on a GPU.</summary>
    public TrainingEngine Engine { get; init; }

    /// <summary>
    /// Bytes that rows, those to measure on too, may take in memory where <see cref="TrainingRecipe.BlockRows"/> does not say; of more than that, rows are read
    /// again whenever they are needed. Null for half of the memory that this process may have. Default null.
    /// </summary>
    /// <remarks>
    /// A line of the log says where rows are not held, since their order, and so the model, is another then. Each process of a <see cref="Communicator"/> has
    /// room for as many bytes, and holds its part of the rows; what nobody has said is shared by the processes of one machine.
    /// </remarks>
    public long? RowMemory { get; init; }

    /// <summary>
    /// The processes that train this network together, each on its share of every batch (<see cref="TrainingRecipe.GradientBlocks"/>), as
    /// <c>MpiCommunicator.World</c> of Microsoft.ML.Spiking.Mpi gives them; null where this one trains alone. Default null.
    /// </summary>
    /// <remarks>
    /// All of them call Fit with the same options and the same data, and get the same model. The first alone reports <see cref="Progress"/> and writes
    /// checkpoints, reads the one to resume from, and says when training is to end: by its own token, its own clock. Each reads all rows once, then holds, or
    /// reads again, its own share of them.
    /// </remarks>
    [JsonIgnore]
    public TrainingCommunicator? Communicator { get; init; }

    /// <summary>How the processes of <see cref="Communicator"/> add their gradients up. Default <see cref="GradientSum.Exact"/>.</summary>
    public GradientSum GradientSum { get; init; }

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

    /// <summary>
    /// Told of every <see cref="ProgressInterval"/>th batch, of every measurement of accuracy and of every epoch, from the training thread; null for nobody.
    /// </summary>
    [JsonIgnore]
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>Ends training after the batch that it is in, as <see cref="OnCancel"/> says.</summary>
    [JsonIgnore]
    public CancellationToken CancellationToken { get; init; }

    /// <summary>What a training that is cancelled does. Default <see cref="OnCancel.Throw"/>.</summary>
    public OnCancel OnCancel { get; init; }

    /// <summary>When to end training before its time, by accuracy on the validation rows; null for never. Default null.</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>
    /// Training time, evaluation excluded, after which one Fit ends with the batch that it is in, as if it were complete; null for no limit. Default null.
    /// The learning rate does not know: it follows the schedule of all batches.
    /// </summary>
    public TimeSpan? MaximumTime { get; init; }

    /// <summary>
    /// The file that holds all a training needs to go on, written anew at the end of every epoch and where the training is cancelled or its time is up; null
    /// for none. Default null. It is there whole or not at all, whenever the program is stopped. One that cannot be written is a warning in the log, and
    /// training goes on. While it runs, another training that would write the same file is refused.
    /// </summary>
    public string? CheckpointPath { get; init; }

    /// <summary>
    /// A file that <see cref="CheckpointPath"/> named, from where training goes on, on the same data and by the same options; null to start afresh. Default
    /// null. On the CPU it gives the model, to the bit, that a training without interruption gives.
    /// </summary>
    /// <remarks>
    /// What does not shape training may differ: device and engine, progress and its intervals, cancellation, <see cref="EarlyStopping"/>,
    /// <see cref="MaximumTime"/> and where checkpoints go.
    /// </remarks>
    public string? ResumeFrom { get; init; }

    /// <summary>What the columns of the data are called, for a model to keep.</summary>
    internal ColumnNames Names
        => new(LabelColumnName, FeatureColumnName, PredictedLabelColumnName, ScoreColumnName, ProbabilityColumnName, SpikeRateColumnName,
            CostColumnName);

    /// <exception cref="ArgumentException">Says which option cannot be, and what it must be.</exception>
    internal void Check()
    {
        Names.Check();
        Names.CheckOutputs(binary: false);
        Require.That(ExampleWeightColumnName is null || !string.IsNullOrWhiteSpace(ExampleWeightColumnName),
            "ExampleWeightColumnName is empty, but it must name a column; leave it null where all rows count alike.");
        Require.Given(Network, nameof(Network));
        Network.Check();
        CheckRecipe();
        Require.That(SpikeBudget is null || Network.Layers.Any(layer => layer.Learning is Surrogate),
            "SpikeBudget is on, but no layer learns, and a reservoir fires what it fires; let a layer's Learning be a Surrogate, or leave SpikeBudget null.");
        Require.That(RowMemory is null or > 0, $"RowMemory is {RowMemory}, but it must be greater than 0, or null for half of the memory that there is.");
        Require.That(ValidationInterval is null or > 0,
            $"ValidationInterval is {ValidationInterval}, but it must be greater than 0, or null to measure after each epoch.");
        Require.Positive(ProgressInterval, nameof(ProgressInterval));
        Require.That(Enum.IsDefined(Engine), $"Engine is {Engine}, but it must be Auto, Managed or Torch.");
        Require.That(Engine != TrainingEngine.Managed || Device.Kind != TrainingDeviceKind.Cuda,
            $"Engine is Managed, which trains on the CPU, but Device is {Device}; leave one of them at Auto.");
        Require.That(Enum.IsDefined(GradientSum), $"GradientSum is {GradientSum}, but it must be Exact or Fast.");
        Require.That(Communicator is null && GradientBlocks is null or 1 || Engine != TrainingEngine.Torch && Device.Kind != TrainingDeviceKind.Cuda,
            $"{(Communicator is null ? $"GradientBlocks is {GradientBlocks}" : "There is a Communicator")}, but blocks are learnt from in managed code on "
                + "the CPU; leave Engine and Device at Auto.");
        Require.That(Communicator is not { } processes || (GradientBlocks ?? SharedBlocks) % processes.Size == 0,
            $"{Communicator?.Size} processes cannot share {GradientBlocks ?? SharedBlocks} GradientBlocks evenly; start as many as divide them, or set "
                + "GradientBlocks.");
        Require.That(Communicator is null || GradientBlocks is not null || BatchSize is null || BatchSize % SharedBlocks == 0,
            $"BatchSize is {BatchSize}, but it must be a multiple of {SharedBlocks}, the blocks of a batch that processes share where GradientBlocks does not "
                + "say otherwise.");
        Require.That(OnCancel is OnCancel.Throw or OnCancel.ReturnBestSoFar, $"OnCancel is {OnCancel}, but it must be Throw or ReturnBestSoFar.");
        EarlyStopping?.Check();
        Require.That(MaximumTime is null || MaximumTime > TimeSpan.Zero, $"MaximumTime is {MaximumTime}, but it must be greater than 0, or null for no limit.");
        Require.That(CheckpointPath is null || !string.IsNullOrWhiteSpace(CheckpointPath),
            "CheckpointPath is empty, but it must name a file; leave it null for no checkpoints.");
        Require.That(ResumeFrom is null || !string.IsNullOrWhiteSpace(ResumeFrom),
            "ResumeFrom is empty, but it must name a checkpoint; leave it null to start afresh.");
        bool validated = ValidationFraction > 0 || ValidationSet is not null;
        Require.That(ValidationFraction == 0 || ValidationSet is null, "Both ValidationFraction and ValidationSet are set; keep one.");
        Require.That(ValidationInterval is null || validated,
            $"ValidationInterval is {ValidationInterval}, but there are no validation rows to measure on; set ValidationSet or ValidationFraction, or leave "
                + "it null.");
        Require.That(EarlyStopping is null || validated,
            "EarlyStopping is on, but there are no validation rows to choose the best epoch by; set ValidationSet or ValidationFraction, or leave it null.");
    }
}
