namespace Microsoft.ML.Spiking.SecondDevice;

/// <summary>Networks that, between them, ask the torch engine for all that it does.</summary>
internal static class Cases
{
    private static readonly SpikingNetworkOptions s_base = new()
    {
        Network = new SpikingNetwork
        {
            TimeSteps = 5,
            Code = new RateCode(),
            Readout = new Readout { HiddenUnits = 16, Dropout = 0.2 },
            Layers = [new ColumnLayer { Columns = 4, NeuronsPerColumn = 16, Wiring = new WattsStrogatz { Neighbours = 2 }, StructuralPlasticity = new StructuralPlasticity { Interval = 2 } }],
        },
        Batches = 4,
        BatchSize = 12,
        Seed = 1,
        // An ε at which a step is as long as the gradient, and not ±1 times the rate where there is hardly any.
        Optimiser = new AdamW { LearningRate = 3e-3, Epsilon = 1e-3 },
        Engine = TrainingEngine.Torch,
        Device = TrainingDevice.Cpu,
    };

    private static readonly SigmoidCode s_sigmoid = new() { Mean = 0.3, Deviation = 0.3 };

    /// <summary>Whether a case trains on spike trains instead of images.</summary>
    public static bool TakesSpikes(string name) => name == "spike-trains";

    public static SpikingNetworkOptions Of(string name) => name switch
    {
        "rate" => s_base,
        "reservoir" => Layer(layer => layer with { Learning = new Reservoir(), Plasticity = new ProductStdp() }, s_sigmoid),
        "sigmoid" => Layer(layer => layer, s_sigmoid),
        "shifted-patches" => Layer(layer => layer with { ReceptiveField = new ReceptiveField { Height = 3, Width = 3 } }, new DirectCode { Gain = 1 }) with
        {
            Augmentation = new ImageAugmentation { MaximumShift = 1 },
        },
        "bent" => s_base with
        {
            Augmentation = new ImageAugmentation { MaximumRotation = 10, Elastic = new ElasticDistortion { Sigma = 1, Alpha = 2 }, HorizontalFlip = true },
            Optimiser = s_base.Optimiser with { AverageMemory = 0.9 },
        },
        "latency" => Layer(layer => layer, new LatencyCode()),
        "sequence" => Layer(layer => layer with { Delays = [0, 2] }, new SequenceCode()),
        "top-k" => Layer(layer => layer, new TopKCode()),
        "delta" => Layer(layer => layer, new DeltaCode()),
        "spike-trains" => s_base,
        "learning-neurons" => Layer(layer => layer with { Learning = new Surrogate { Neurons = NeuronLearning.Both } }),
        "adaptive" => Layer(layer => layer with { Excitatory = new AdaptiveLifNeuron(), Inhibitory = new AdaptiveLifNeuron() }),
        "attached" => Layer(layer => layer with { Learning = new Surrogate { Gradient = new FastSigmoid(), Reset = ResetGradient.Attached } }),
        "fast-sigmoid" => Layer(layer => layer with { Learning = new Surrogate { Gradient = new FastSigmoid() } }, s_sigmoid),
        "triangle" => Layer(layer => layer with { Learning = new Surrogate { Gradient = new Triangle() } }),
        "straight-through" => Layer(layer => layer with { Learning = new Surrogate { Gradient = new StraightThrough() } }),
        "coupled" => Layer(layer => layer with { Coupling = 0.5 }),
        "recurrent" => Layer(layer => layer with { Recurrence = new Recurrence() }),
        "two-layers" => s_base with
        {
            Network = s_base.Network with { Layers = [s_base.Network.Layers[0], new ColumnLayer { Columns = 3, NeuronsPerColumn = 12, Wiring = new WattsStrogatz { Neighbours = 2 } }] },
        },
        "plain" => Layer(layer => layer with { Plasticity = null, StructuralPlasticity = null, Homeostasis = null }) with
        {
            Network = s_base.Network with
            {
                Readout = new Readout { HiddenUnits = 0 },
                Layers = [s_base.Network.ColumnLayers[0] with { Plasticity = null, StructuralPlasticity = null, Homeostasis = null }],
            },
        },
        "weighted" => s_base with { ExampleWeightColumnName = "Weight" },
        "validated" => s_base with { ValidationFraction = 0.3, EarlyStopping = new EarlyStopping(), Batches = null, Epochs = 3, ValidationInterval = 1 },
        "published" => SpikingNetworkOptions.Reference,
        "default" => new(),
        "best" => SpikingNetworkOptions.Best,
        "published-surrogate" => SpikingNetworkOptions.Reference with
        {
            Network = SpikingNetworkOptions.Reference.Network.EachLayer(layer => layer with { Learning = new Surrogate() }),
        },
        _ => throw new ArgumentException($"There is no case '{name}'."),
    };

    private static SpikingNetworkOptions Layer(Func<ColumnLayer, ColumnLayer> changed, SpikeCode? code = null)
        => s_base with { Network = s_base.Network.EachLayer(changed) with { Code = code ?? s_base.Network.Code } };
}
