using System.Text.Json;
using CsCheck;

namespace Microsoft.ML.Spiking.Tests;

/// <summary>Draws networks of any valid options, small enough to be trained in a moment. A member of a family that is new belongs here too.</summary>
internal static class Networks
{
    /// <summary>A choice of the largest inputs must choose one at the least.</summary>
    public const int FewestInputs = 4;

    public static Gen<PoissonCode> PoissonCodes { get; } = Gen.OneOf<PoissonCode>(
        Gen.Double[0.2, 1].Select(most => (PoissonCode)new RateCode { MaximumProbability = most }),
        Gen.Select(Gen.Double[0.2, 1], Gen.Double[-1, 2], Gen.Double[-1, 1].Nullable(), Gen.Double[0.1, 2].Nullable())
            .Select((most, scale, mean, deviation) => (PoissonCode)new SigmoidCode { MaximumProbability = most, InputScale = scale, Mean = mean, Deviation = deviation }));

    /// <summary>The codes of a single step, which a sequence's steps can have too.</summary>
    private static Gen<SpikeCode> StepCodes { get; } = Gen.OneOf<SpikeCode>(
        PoissonCodes.Select(code => (SpikeCode)code),
        Gen.Double[0.1, 2].Select(gain => (SpikeCode)new DirectCode { Gain = gain }),
        Gen.Select(Gen.Double[1.01 / FewestInputs, 1], Gen.Double[0, 0.5]).Select((fraction, least) => (SpikeCode)new TopKCode { Fraction = fraction, MinimumIntensity = least }));

    public static Gen<SpikeCode> Codes { get; } = Gen.OneOf<SpikeCode>(
        StepCodes,
        StepCodes.Select(step => (SpikeCode)new SequenceCode { Step = step }),
        Gen.Double[0, 0.5].Select(least => (SpikeCode)new LatencyCode { MinimumIntensity = least }),
        Gen.Double[0.1, 1].Select(threshold => (SpikeCode)new DeltaCode { Threshold = threshold }));

    /// <summary>For a code, or for one that is left to the data.</summary>
    public static Gen<EvaluationCode> EvaluationCodes(SpikeCode? code) => Gen.OneOf<EvaluationCode>(
        Gen.Const((EvaluationCode)new ExpectedCode()),
        Gen.Int.Select(seed => (EvaluationCode)new TrainingCode { Seed = seed }),
        code is not PoissonCode ? Gen.Const((EvaluationCode)new ExpectedCode())
            : Gen.Select(Gen.Double[1.01 / FewestInputs, 1], Gen.Double[0, 0.6])
                .Select((fraction, least) => (EvaluationCode)new DeterministicCode { Fraction = fraction, MinimumProbability = least }));

    /// <summary>Two of one type, as a layer's are.</summary>
    public static Gen<(Neuron Excitatory, Neuron Inhibitory)> Neurons { get; } = Gen.Bool.SelectMany(adapts => Gen.Select(Neuron(adapts), Neuron(adapts)));

    public static Gen<SurrogateGradient> Surrogates { get; } = Gen.OneOf<SurrogateGradient>(
        Gen.Double[0.5, 5].Select(slope => (SurrogateGradient)new ATan { Slope = slope }), Gen.Double[0.5, 5].Select(slope => (SurrogateGradient)new FastSigmoid { Slope = slope }),
        Gen.Double[0.3, 2].Select(width => (SurrogateGradient)new Triangle { Width = width }), Gen.Const((SurrogateGradient)new StraightThrough()));

    public static Gen<ColumnLearning> Learning { get; } = Gen.OneOf<ColumnLearning>(
        Gen.Const((ColumnLearning)new Reservoir()),
        // Attached, the straight-through gradient explodes over many steps.
        Gen.Select(Surrogates, Gen.Enum<ResetGradient>(), Gen.Frequency((2, Gen.Const(NeuronLearning.None)), (1, Gen.Enum<NeuronLearning>())))
            .Select((gradient, reset, neurons) => (ColumnLearning)new Surrogate { Gradient = gradient, Reset = gradient is StraightThrough ? ResetGradient.Detached : reset, Neurons = neurons }));

    public static Gen<PlasticityRule> Rules { get; } = Gen.OneOf<PlasticityRule>(
        Gen.Select(Gen.Double[0, 0.5], Gen.Double[0, 0.02], Gen.Double[0, 0.02], Gen.Double[0.5, 30], Gen.Double[0.5, 30], Gen.Double[0.1, 3], Gen.Double[0, 1], Gen.Double[0, 1])
            .Select((rate, potentiation, depression, pre, post, limit, potential, usage) => (PlasticityRule)new CorrelationStdp
            {
                LearningRate = rate, Potentiation = potentiation, Depression = depression, PreTimeConstant = pre, PostTimeConstant = post, WeightLimit = limit,
                PotentialMemory = potential, UsageMemory = usage,
            }),
        Gen.Select(Gen.Double[0, 0.01], Gen.Double[0, 0.02], Gen.Double[0, 0.02], Gen.Double[0.5, 30], Gen.Double[0.1, 3], Gen.Int[1, 12], Gen.Double[0, 1], Gen.Double[1, 3])
            .Select((rate, potentiation, depression, trace, limit, interval, least, most) => (PlasticityRule)new ProductStdp
            {
                LearningRate = rate, Potentiation = potentiation, Depression = depression, PreTimeConstant = trace, PostTimeConstant = 2 * trace, WeightLimit = limit,
                Interval = interval, MinimumRateFactor = least, MaximumRateFactor = most,
            }));

    public static Gen<Homeostasis> Homeostasis { get; } =
        Gen.Select(Gen.Double[0.01, 0.3], Gen.Double[0, 0.1], Gen.Double[0, 0.2], Gen.Double[0, 1], Gen.Double[0, 1], Gen.Double[0, 1], Gen.Double[1, 4], Gen.Double[0, 30])
            .Select((initial, minimum, band, step, memory, least, most, weight) => new Homeostasis
            {
                InitialRate = initial, MinimumRate = minimum, MaximumRate = minimum + band, TargetStep = step, RateMemory = memory, MinimumScale = least, MaximumScale = most,
                RateLossWeight = weight,
            });

    public static Gen<StructuralPlasticity> Structure { get; } =
        Gen.Select(Gen.Int[1, 3], Gen.Double[0, 0.3], Gen.Double[0.3, 1], Gen.Double[0, 1], Gen.Double[-1, 1], Gen.Double[-1, 1], Gen.Select(Gen.Double[-1, 1].Nullable(), Gen.Double[0, 1].Nullable()), Gen.Int[0, 3])
            .Select((interval, minimum, maximum, turnover, formation, pruning, weights, grace) => new StructuralPlasticity
            {
                Interval = interval, MinimumDensity = minimum, MaximumDensity = maximum, Turnover = turnover, FormationThreshold = formation, PruningThreshold = pruning,
                InitialWeight = weights.Item1, WeakWeight = weights.Item2, GracePeriod = grace,
            });

    public static Gen<ColumnLayer> Layers { get; } =
        from size in Gen.Select(Gen.Int[1, 6], Gen.Int[1, 24], Gen.Double[0, 1])
        from neurons in Neurons
        from learning in Learning
        from wiring in Gen.Select(Gen.Int[0, (size.Item1 - 1) / 2], Gen.Double.Unit)
            .Select((half, rewiring) => new WattsStrogatz { Neighbours = 2 * half, RewiringProbability = rewiring }).Null()
        from strengths in Gen.Select(Gen.Double[0, 3], Gen.Double[0, 3], Gen.Double[0, 0.3], Gen.Double[-1, 1], Gen.Frequency((2, Gen.Const(0.0)), (1, Gen.Double[0, 2])))
        from plasticity in Rules.Null()
        from homeostasis in Homeostasis.Null()
        from structure in Structure.Null()
        from delays in Delays
        from recurrence in Gen.Select(Gen.Double[0, 2], Gen.Bool, Gen.OneOf(Gen.Const(1.0), Gen.Const(0.0), Gen.Const(0.3))).Select((gain, own, share) => new Recurrence { Gain = gain, OwnColumn = own || (wiring?.Neighbours ?? size.Item1 - 1) < 2, GradientShare = share }).Null(0.6)
        from normalisation in Normalisation
        select new ColumnLayer
        {
            Normalisation = learning is Surrogate ? normalisation : null, Delays = [.. delays], Recurrence = recurrence,
            Columns = size.Item1, NeuronsPerColumn = size.Item2, ExcitatoryFraction = size.Item3,
            Excitatory = neurons.Excitatory, Inhibitory = neurons.Inhibitory, Learning = learning, Wiring = wiring,
            ExcitatoryGain = strengths.Item1, InhibitoryGain = strengths.Item2, InterWeightDeviation = strengths.Item3, Modulation = strengths.Item4, Coupling = strengths.Item5,
            Plasticity = plasticity, Homeostasis = homeostasis, StructuralPlasticity = plasticity is null ? null : structure,
        };

    public static Gen<ConvolutionLayer> Convolutions { get; } =
        from size in Gen.Select(Gen.Int[1, 5], Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[1, 3], Gen.Int[1, 3])
        from neuron in Gen.Bool.SelectMany(Neuron)
        from learning in Learning
        from gain in Gen.Double[0, 4]
        from delays in Delays
        from normalisation in Normalisation
        select new ConvolutionLayer
        {
            Normalisation = learning is Surrogate ? normalisation : null,
            Channels = size.Item1, KernelHeight = 2 * size.Item2 + 1, KernelWidth = 2 * size.Item3 + 1, PoolingHeight = size.Item4, PoolingWidth = size.Item5,
            Neuron = neuron, Learning = learning, Gain = gain, Delays = [.. delays],
        };

    public static Gen<Readout> Readouts { get; } = Gen.Select(Gen.Enum<ReadLayers>(), Gen.Int[0, 12], Gen.Double[0, 0.8], Gen.Frequency((2, Gen.Const(1)), (1, Gen.Int[2, 15])), Gen.Frequency((2, Gen.Const((double?)null)), (1, Gen.Double[0.1, 20].Select(time => (double?)time))))
        .Select((read, hidden, dropout, windows, time) => new Readout { Layers = read, HiddenUnits = hidden, Dropout = dropout, Windows = windows, TimeConstant = time })
        .SelectMany(readout => (readout.Windows == 1 ? Gen.Const(WindowPooling.Concatenate) : Gen.Enum<WindowPooling>()).Select(pooling => readout with { Pooling = pooling }));

    /// <summary>Whole networks of some code, which may be null.</summary>
    public static Gen<SpikingNetwork> Of(Gen<SpikeCode?> codes) =>
        from code in codes
        from evaluation in EvaluationCodes(code)
        from scaling in Gen.Enum<FeatureScaling>()
        from steps in Gen.Int[1, 12]
        from layers in Layers.Array[1, 3]
        from readout in Readouts
        select new SpikingNetwork { Code = code, EvaluationCode = evaluation, Scaling = scaling, TimeSteps = steps, Layers = [Fitting(layers[0], code), .. layers[1..]], Readout = readout };

    /// <summary>Networks of an image, of convolutions and perhaps columns behind them.</summary>
    public static Gen<SpikingNetwork> Convolutional(Gen<SpikeCode?> codes) =>
        from network in Of(codes)
        from maps in Convolutions.Array[1, 2]
        from columns in Gen.Bool
        select network with { Layers = [network.Code is SigmoidCode ? maps[0] with { Delays = [0] } : maps[0], .. maps[1..], .. columns ? network.Layers : []] };

    /// <summary>A network with all its members, as a model keeps it.</summary>
    public static string Text(SpikingNetwork network) => JsonSerializer.Serialize(network, SpikingJson.Default.SpikingNetwork);

    private static Gen<CurrentNormalisation?> Normalisation
        => Gen.Select(Gen.Double[0.2, 3], Gen.Double[0.01, 1]).Select((scale, momentum) => new CurrentNormalisation { Scale = scale, Momentum = momentum }).Null(0.7);

    private static Gen<int[]> Delays => Gen.OneOf(Gen.Const<int[]>([0]), Gen.Const<int[]>([0, 1]), Gen.Const<int[]>([3]), Gen.Const<int[]>([0, 2, 20]));

    /// <summary>A scale of the inputs does not learn through delays.</summary>
    private static ColumnLayer Fitting(ColumnLayer first, SpikeCode? code) => code is SigmoidCode ? first with { Delays = [0] } : first;

    private static Gen<Neuron> Neuron(bool adapts)
        => Gen.Select(Gen.Double[0.5, 20], Gen.Double[0.5, 10], Gen.Float[0.2f, 3], Gen.Float[-0.5f, 0.1f], Gen.Double[0.5, 30], Gen.Double[0, 2])
            .Select((membrane, synapse, threshold, reset, adaptation, strength) => adapts
                ? new AdaptiveLifNeuron
                {
                    MembraneTimeConstant = membrane, SynapseTimeConstant = synapse, Threshold = threshold, Reset = reset, AdaptationTimeConstant = adaptation, Adaptation = strength,
                }
                : (Neuron)new LifNeuron { MembraneTimeConstant = membrane, SynapseTimeConstant = synapse, Threshold = threshold, Reset = reset });
}
