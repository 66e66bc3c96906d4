using System.Runtime.InteropServices;
using Microsoft.ML.Spiking.Architecture;

namespace Microsoft.ML.Spiking.Storage;

/// <summary>The records of a model, read from their JSON without the serialiser: it takes half as long to describe them as ML.NET to start.</summary>
/// <remarks>
/// A short cut and no more. What it does not know, it does not read, and the serialiser does; a test holds both against each other, member by member.
/// As there, a member that is left out is as a new record of its type has it.
/// </remarks>
internal static class StoredRecords
{
    /// <returns>Null where the serialiser must read it.</returns>
    public static SpikingNetwork? Network(ReadOnlySpan<byte> json) => StoredRecord.Read(json, Network);

    /// <inheritdoc cref="Network(ReadOnlySpan{byte})"/>
    public static ModelOutline? Outline(ReadOnlySpan<byte> json) => StoredRecord.Read(json, Outline);

    /// <inheritdoc cref="Network(ReadOnlySpan{byte})"/>
    public static StoredClasses? Classes(ReadOnlySpan<byte> json) => StoredRecord.Read(json, Classes);

    /// <inheritdoc cref="Network(ReadOnlySpan{byte})"/>
    public static TrainingRecord? Training(ReadOnlySpan<byte> json) => StoredRecord.Read(json, Training);

    /// <inheritdoc cref="Network(ReadOnlySpan{byte})"/>
    public static TrainingProvenance? Provenance(ReadOnlySpan<byte> json) => StoredRecord.Read(json, Provenance);

    private static SpikingNetwork Network(StoredRecord stored)
    {
        var fresh = new SpikingNetwork();
        return new()
        {
            Code = stored.MaybeRecord<SpikeCode>("Code", null, Code),
            Scaling = (FeatureScaling)stored.Name("Scaling", fresh.Scaling),
            EvaluationCode = stored.Record("EvaluationCode", fresh.EvaluationCode, EvaluationCode),
            TimeSteps = stored.Integer("TimeSteps", fresh.TimeSteps),
            Layers = stored.Records<Layer>("Layers", Layer) is { } layers ? ImmutableCollectionsMarshal.AsImmutableArray(layers) : fresh.Layers,
            Readout = stored.Record("Readout", fresh.Readout, Readout),
        };
    }

    private static SpikeCode? Code(StoredRecord stored) => stored.Type switch
    {
        "rate" => new RateCode { MaximumProbability = stored.Double("MaximumProbability", new RateCode().MaximumProbability) },
        "sigmoid" => Sigmoid(stored, new()),
        "direct" => new DirectCode { Gain = stored.Double("Gain", new DirectCode().Gain) },
        "latency" => new LatencyCode { MinimumIntensity = stored.Double("MinimumIntensity", new LatencyCode().MinimumIntensity) },
        "delta" => new DeltaCode { Threshold = stored.Double("Threshold", new DeltaCode().Threshold) },
        "sequence" => new SequenceCode { Step = stored.Record("Step", new SequenceCode().Step, Code) },
        "top-k" => new TopKCode
        {
            Fraction = stored.Double("Fraction", new TopKCode().Fraction),
            MinimumIntensity = stored.Double("MinimumIntensity", new TopKCode().MinimumIntensity),
        },
        _ => null,
    };

    private static SigmoidCode Sigmoid(StoredRecord stored, SigmoidCode fresh) => new()
    {
        MaximumProbability = stored.Double("MaximumProbability", fresh.MaximumProbability),
        InputScale = stored.Double("InputScale", fresh.InputScale),
        Mean = stored.MaybeDouble("Mean", fresh.Mean),
        Deviation = stored.MaybeDouble("Deviation", fresh.Deviation),
    };

    private static EvaluationCode? EvaluationCode(StoredRecord stored) => stored.Type switch
    {
        "expected" => new ExpectedCode(),
        "training" => new TrainingCode { Seed = stored.Integer("Seed", new TrainingCode().Seed) },
        "deterministic" => new DeterministicCode
        {
            Fraction = stored.Double("Fraction", new DeterministicCode().Fraction),
            MinimumProbability = stored.Double("MinimumProbability", new DeterministicCode().MinimumProbability),
        },
        _ => null,
    };

    private static Layer? Layer(StoredRecord stored) => stored.Type switch
    {
        "columns" => Columns(stored, new()),
        "convolution" => Convolution(stored, new()),
        _ => null,
    };

    private static ColumnLayer Columns(StoredRecord stored, ColumnLayer fresh) => new()
    {
        Columns = stored.Integer("Columns", fresh.Columns),
        NeuronsPerColumn = stored.Integer("NeuronsPerColumn", fresh.NeuronsPerColumn),
        ExcitatoryFraction = stored.Double("ExcitatoryFraction", fresh.ExcitatoryFraction),
        Excitatory = stored.Record("Excitatory", fresh.Excitatory, Neuron),
        Inhibitory = stored.Record("Inhibitory", fresh.Inhibitory, Neuron),
        Learning = stored.Record("Learning", fresh.Learning, Learning),
        Delays = stored.Integers("Delays", fresh.Delays),
        ExcitatoryGain = stored.Double("ExcitatoryGain", fresh.ExcitatoryGain),
        InhibitoryGain = stored.Double("InhibitoryGain", fresh.InhibitoryGain),
        Normalisation = stored.MaybeRecord("Normalisation", fresh.Normalisation, Normalisation),
        ReceptiveField = stored.MaybeRecord("ReceptiveField", fresh.ReceptiveField, ReceptiveField),
        Wiring = stored.MaybeRecord("Wiring", fresh.Wiring, Wiring),
        InterWeightDeviation = stored.Double("InterWeightDeviation", fresh.InterWeightDeviation),
        Modulation = stored.Double("Modulation", fresh.Modulation),
        Coupling = stored.Double("Coupling", fresh.Coupling),
        Recurrence = stored.MaybeRecord("Recurrence", fresh.Recurrence, Recurrence),
        Plasticity = stored.MaybeRecord("Plasticity", fresh.Plasticity, Plasticity),
        Homeostasis = stored.MaybeRecord("Homeostasis", fresh.Homeostasis, Homeostasis),
        StructuralPlasticity = stored.MaybeRecord("StructuralPlasticity", fresh.StructuralPlasticity, StructuralPlasticity),
    };

    private static CurrentNormalisation Normalisation(StoredRecord stored)
    {
        var fresh = new CurrentNormalisation();
        return new() { Scale = stored.Double("Scale", fresh.Scale), Momentum = stored.Double("Momentum", fresh.Momentum) };
    }

    private static Recurrence Recurrence(StoredRecord stored)
    {
        var fresh = new Recurrence();
        return new()
        {
            Gain = stored.Double("Gain", fresh.Gain),
            OwnColumn = stored.Boolean("OwnColumn", fresh.OwnColumn),
            GradientShare = stored.Double("GradientShare", fresh.GradientShare),
        };
    }

    private static ConvolutionLayer Convolution(StoredRecord stored, ConvolutionLayer fresh) => new()
    {
        Channels = stored.Integer("Channels", fresh.Channels),
        KernelHeight = stored.Integer("KernelHeight", fresh.KernelHeight),
        KernelWidth = stored.Integer("KernelWidth", fresh.KernelWidth),
        PoolingHeight = stored.Integer("PoolingHeight", fresh.PoolingHeight),
        PoolingWidth = stored.Integer("PoolingWidth", fresh.PoolingWidth),
        Neuron = stored.Record("Neuron", fresh.Neuron, Neuron),
        Gain = stored.Double("Gain", fresh.Gain),
        Normalisation = stored.MaybeRecord("Normalisation", fresh.Normalisation, Normalisation),
        Learning = stored.Record("Learning", fresh.Learning, Learning),
        Delays = stored.Integers("Delays", fresh.Delays),
    };

    private static Neuron? Neuron(StoredRecord stored) => stored.Type switch
    {
        "lif" => Lif(stored, new()),
        "adaptive-lif" => AdaptiveLif(stored, new()),
        _ => null,
    };

    private static LifNeuron Lif(StoredRecord stored, LifNeuron fresh) => new()
    {
        MembraneTimeConstant = stored.Double("MembraneTimeConstant", fresh.MembraneTimeConstant),
        SynapseTimeConstant = stored.Double("SynapseTimeConstant", fresh.SynapseTimeConstant),
        Threshold = stored.Single("Threshold", fresh.Threshold),
        Reset = stored.Single("Reset", fresh.Reset),
    };

    private static AdaptiveLifNeuron AdaptiveLif(StoredRecord stored, AdaptiveLifNeuron fresh) => new()
    {
        MembraneTimeConstant = stored.Double("MembraneTimeConstant", fresh.MembraneTimeConstant),
        SynapseTimeConstant = stored.Double("SynapseTimeConstant", fresh.SynapseTimeConstant),
        AdaptationTimeConstant = stored.Double("AdaptationTimeConstant", fresh.AdaptationTimeConstant),
        Adaptation = stored.Double("Adaptation", fresh.Adaptation),
        Threshold = stored.Single("Threshold", fresh.Threshold),
        Reset = stored.Single("Reset", fresh.Reset),
    };

    private static ColumnLearning? Learning(StoredRecord stored) => stored.Type switch
    {
        "surrogate" => Surrogate(stored, new()),
        "reservoir" => new Reservoir(),
        _ => null,
    };

    private static Surrogate Surrogate(StoredRecord stored, Surrogate fresh) => new()
    {
        Gradient = stored.Record("Gradient", fresh.Gradient, Gradient),
        Reset = (ResetGradient)stored.Name("Reset", fresh.Reset),
        Neurons = (NeuronLearning)stored.Name("Neurons", fresh.Neurons),
    };

    private static SurrogateGradient? Gradient(StoredRecord stored) => stored.Type switch
    {
        "atan" => new ATan { Slope = stored.Double("Slope", new ATan().Slope) },
        "fast-sigmoid" => new FastSigmoid { Slope = stored.Double("Slope", new FastSigmoid().Slope) },
        "triangle" => new Triangle { Width = stored.Double("Width", new Triangle().Width) },
        "straight-through" => new StraightThrough(),
        _ => null,
    };

    private static ReceptiveField ReceptiveField(StoredRecord stored)
    {
        var fresh = new ReceptiveField();
        return new() { Height = stored.Integer("Height", fresh.Height), Width = stored.Integer("Width", fresh.Width) };
    }

    private static WattsStrogatz Wiring(StoredRecord stored)
    {
        var fresh = new WattsStrogatz();
        return new()
        {
            Neighbours = stored.Integer("Neighbours", fresh.Neighbours),
            RewiringProbability = stored.Double("RewiringProbability", fresh.RewiringProbability),
        };
    }

    private static PlasticityRule? Plasticity(StoredRecord stored) => stored.Type switch
    {
        "correlation-stdp" => Correlation(stored, new()),
        "product-stdp" => Product(stored, new()),
        _ => null,
    };

    private static CorrelationStdp Correlation(StoredRecord stored, CorrelationStdp fresh) => new()
    {
        LearningRate = stored.Double("LearningRate", fresh.LearningRate),
        Potentiation = stored.Double("Potentiation", fresh.Potentiation),
        Depression = stored.Double("Depression", fresh.Depression),
        PreTimeConstant = stored.Double("PreTimeConstant", fresh.PreTimeConstant),
        PostTimeConstant = stored.Double("PostTimeConstant", fresh.PostTimeConstant),
        WeightLimit = stored.Double("WeightLimit", fresh.WeightLimit),
        PotentialMemory = stored.Double("PotentialMemory", fresh.PotentialMemory),
        UsageMemory = stored.Double("UsageMemory", fresh.UsageMemory),
    };

    private static ProductStdp Product(StoredRecord stored, ProductStdp fresh) => new()
    {
        LearningRate = stored.Double("LearningRate", fresh.LearningRate),
        Potentiation = stored.Double("Potentiation", fresh.Potentiation),
        Depression = stored.Double("Depression", fresh.Depression),
        PreTimeConstant = stored.Double("PreTimeConstant", fresh.PreTimeConstant),
        PostTimeConstant = stored.Double("PostTimeConstant", fresh.PostTimeConstant),
        WeightLimit = stored.Double("WeightLimit", fresh.WeightLimit),
        PotentialMemory = stored.Double("PotentialMemory", fresh.PotentialMemory),
        UsageMemory = stored.Double("UsageMemory", fresh.UsageMemory),
        Interval = stored.Integer("Interval", fresh.Interval),
        MinimumRateFactor = stored.Double("MinimumRateFactor", fresh.MinimumRateFactor),
        MaximumRateFactor = stored.Double("MaximumRateFactor", fresh.MaximumRateFactor),
    };

    private static Homeostasis Homeostasis(StoredRecord stored)
    {
        var fresh = new Homeostasis();
        return new()
        {
            InitialRate = stored.Double("InitialRate", fresh.InitialRate),
            MinimumRate = stored.Double("MinimumRate", fresh.MinimumRate),
            MaximumRate = stored.Double("MaximumRate", fresh.MaximumRate),
            TargetStep = stored.Double("TargetStep", fresh.TargetStep),
            RateMemory = stored.Double("RateMemory", fresh.RateMemory),
            MinimumScale = stored.Double("MinimumScale", fresh.MinimumScale),
            MaximumScale = stored.Double("MaximumScale", fresh.MaximumScale),
            RateLossWeight = stored.Double("RateLossWeight", fresh.RateLossWeight),
        };
    }

    private static StructuralPlasticity StructuralPlasticity(StoredRecord stored)
    {
        var fresh = new StructuralPlasticity();
        return new()
        {
            Interval = stored.Integer("Interval", fresh.Interval),
            MinimumDensity = stored.Double("MinimumDensity", fresh.MinimumDensity),
            MaximumDensity = stored.Double("MaximumDensity", fresh.MaximumDensity),
            Turnover = stored.Double("Turnover", fresh.Turnover),
            FormationThreshold = stored.Double("FormationThreshold", fresh.FormationThreshold),
            InitialWeight = stored.MaybeDouble("InitialWeight", fresh.InitialWeight),
            GracePeriod = stored.Integer("GracePeriod", fresh.GracePeriod),
            PruningThreshold = stored.Double("PruningThreshold", fresh.PruningThreshold),
            WeakWeight = stored.MaybeDouble("WeakWeight", fresh.WeakWeight),
        };
    }

    private static Readout Readout(StoredRecord stored)
    {
        var fresh = new Readout();
        return new()
        {
            Layers = (ReadLayers)stored.Name("Layers", fresh.Layers),
            Windows = stored.Integer("Windows", fresh.Windows),
            Pooling = (WindowPooling)stored.Name("Pooling", fresh.Pooling),
            TimeConstant = stored.MaybeDouble("TimeConstant", fresh.TimeConstant),
            HiddenUnits = stored.Integer("HiddenUnits", fresh.HiddenUnits),
            Dropout = stored.Double("Dropout", fresh.Dropout),
        };
    }

    private static ModelOutline? Outline(StoredRecord stored)
        => stored.MaybeRecord<ColumnNames>("Columns", null, Columns) is { } columns
            ? new(columns, stored.Integers("InputDimensions"), stored.Boolean("SpikeTrains"), stored.Integer("Classes"), stored.Integer("Scales"),
                stored.Singles("TargetRates"), stored.MaybeTexts("FeatureNames"), stored.Single("Temperature", 1), stored.MaybeDuration("BinWidth", null))
            : null;

    private static StoredClasses? Classes(StoredRecord stored)
        => stored.MaybeTexts("Values") is { } values ? new(stored.Text("Kind"), values) : null;

    private static ColumnNames Columns(StoredRecord stored) => new(
        stored.Text("Label"), stored.Text("Features"), stored.Text("PredictedLabel"), stored.Text("Score"), stored.Text("Probability"),
        stored.Text("SpikeRate"), stored.MaybeText("Cost", null));

    private static TrainingRecord? Training(StoredRecord stored)
        => stored.Records<EpochRecord>("History", Epoch) is { } history
            ? new()
            {
                History = history,
                Journal = stored.Records<StructuralChange>("Journal", Change) ?? [],
                Recipe = stored.MaybeRecord<TrainingRecipe>("Recipe", null, Recipe),
                Seed = stored.Integer("Seed"),
                Rows = stored.Long("Rows"),
                End = (TrainingEnd)stored.Name("End", default(TrainingEnd)),
                BestEpoch = stored.MaybeInteger("BestEpoch", null),
                Batches = stored.Integer("Batches"),
                ValidationAccuracy = stored.MaybeDouble("ValidationAccuracy"),
                SpikeRate = stored.Double("SpikeRate"),
            }
            : null;

    private static EpochRecord Epoch(StoredRecord stored) => new(
        stored.Integer("Epoch"), stored.Double("Loss"), stored.Double("Accuracy"), stored.MaybeDouble("ValidationAccuracy"), stored.Double("SpikeRate"),
        stored.Double("ConnectionDensity"), stored.Double("LearningRate"))
    {
        Clustering = stored.Double("Clustering", 0),
        PathLength = stored.MaybeDouble("PathLength", null),
        Formed = stored.Integer("Formed", 0),
        Pruned = stored.Integer("Pruned", 0),
        StdpShare = stored.MaybeDouble("StdpShare", null),
        DeadColumns = stored.Integer("DeadColumns", 0),
        SaturatedColumns = stored.Integer("SaturatedColumns", 0),
    };

    private static StructuralChange Change(StoredRecord stored) => new(
        stored.Integer("Batch"), stored.Integer("From"), stored.Integer("To"),
        (StructuralChangeKind)stored.RequiredName("Kind", default(StructuralChangeKind)),
        (StructuralReason)stored.RequiredName("Why", default(StructuralReason)),
        stored.Single("Potential"), stored.Single("Usage"), stored.Single("Weight"))
    {
        Layer = stored.Integer("Layer", 0),
    };

    private static TrainingRecipe Recipe(StoredRecord stored)
    {
        var fresh = new TrainingRecipe();
        return new()
        {
            Augmentation = stored.MaybeRecord("Augmentation", fresh.Augmentation, Augmentation),
            ClassWeights = stored.MaybeRecord("ClassWeights", fresh.ClassWeights, ClassWeights),
            Optimiser = stored.Record("Optimiser", fresh.Optimiser, Optimiser),
            LabelSmoothing = stored.Double("LabelSmoothing", fresh.LabelSmoothing),
            SpikeBudget = stored.MaybeRecord("SpikeBudget", fresh.SpikeBudget, SpikeBudget),
            Epochs = stored.MaybeInteger("Epochs", fresh.Epochs),
            Batches = stored.MaybeInteger("Batches", fresh.Batches),
            BatchSize = stored.MaybeInteger("BatchSize", fresh.BatchSize),
            BlockRows = stored.MaybeInteger("BlockRows", fresh.BlockRows),
            GradientBlocks = stored.MaybeInteger("GradientBlocks", fresh.GradientBlocks),
            ValidationFraction = stored.Double("ValidationFraction", fresh.ValidationFraction),
        };
    }

    private static ImageAugmentation Augmentation(StoredRecord stored)
    {
        var fresh = new ImageAugmentation();
        return new()
        {
            MaximumShift = stored.Integer("MaximumShift", fresh.MaximumShift),
            MaximumRotation = stored.Double("MaximumRotation", fresh.MaximumRotation),
            MaximumScaling = stored.Double("MaximumScaling", fresh.MaximumScaling),
            MaximumShear = stored.Double("MaximumShear", fresh.MaximumShear),
            Elastic = stored.MaybeRecord("Elastic", fresh.Elastic, Elastic),
            HorizontalFlip = stored.Boolean("HorizontalFlip", fresh.HorizontalFlip),
        };
    }

    private static ElasticDistortion Elastic(StoredRecord stored)
    {
        var fresh = new ElasticDistortion();
        return new() { Sigma = stored.Double("Sigma", fresh.Sigma), Alpha = stored.Double("Alpha", fresh.Alpha) };
    }

    private static SpikeBudget SpikeBudget(StoredRecord stored)
    {
        var fresh = new SpikeBudget();
        return new() { SpikesPerRow = stored.Double("SpikesPerRow", fresh.SpikesPerRow), Weight = stored.Double("Weight", fresh.Weight) };
    }

    // Weights by name are rare.
    private static BalancedWeights? ClassWeights(StoredRecord stored) => stored.Type == "balanced" ? new() : null;

    private static AdamW Optimiser(StoredRecord stored)
    {
        var fresh = new AdamW();
        return new()
        {
            LearningRate = stored.Double("LearningRate", fresh.LearningRate),
            ColumnWeightFactor = stored.Double("ColumnWeightFactor", fresh.ColumnWeightFactor),
            RecurrentWeightFactor = stored.Double("RecurrentWeightFactor", fresh.RecurrentWeightFactor),
            InterWeightFactor = stored.Double("InterWeightFactor", fresh.InterWeightFactor),
            InputScaleFactor = stored.Double("InputScaleFactor", fresh.InputScaleFactor),
            NeuronFactor = stored.Double("NeuronFactor", fresh.NeuronFactor),
            FinalLearningRate = stored.Double("FinalLearningRate", fresh.FinalLearningRate),
            WeightDecay = stored.Double("WeightDecay", fresh.WeightDecay),
            Beta1 = stored.Double("Beta1", fresh.Beta1),
            Beta2 = stored.Double("Beta2", fresh.Beta2),
            Epsilon = stored.Double("Epsilon", fresh.Epsilon),
            GradientNormLimit = stored.Double("GradientNormLimit", fresh.GradientNormLimit),
            AverageMemory = stored.Double("AverageMemory", fresh.AverageMemory),
        };
    }

    private static TrainingProvenance Provenance(StoredRecord stored) => new(
        stored.Moment("Finished"), stored.Duration("Duration"), stored.Text("Device"), stored.Text("Library"), stored.Text("Runtime"),
        stored.MaybeText("Torch"));
}
