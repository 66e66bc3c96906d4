namespace Microsoft.ML.Spiking.Tests.Torch;

/// <summary>The engines are one in what they do and in what they teach.</summary>
[TestClass]
public class ColumnEngineTests
{
    private const int Inputs = 15, Batch = 6, Steps = 25;

    internal static SpikingNetworkOptions Options { get; } = new()
    {
        Network = new SpikingNetwork
        {
            Code = new RateCode(),
            TimeSteps = Steps,
            Readout = new Readout { HiddenUnits = 12, Dropout = 0 },
            Layers =
            [
                new ColumnLayer
                {
                    Columns = 5,
                    NeuronsPerColumn = 20,
                    Wiring = new WattsStrogatz { Neighbours = 4 },
                    Modulation = 0.7,
                },
            ],
        },
        // So large that AdamW's step is as long as the gradient, and not ±1 times the rate wherever there is any.
        Optimiser = new AdamW { LearningRate = 1, Epsilon = 1, WeightDecay = 0, GradientNormLimit = 1e6 },
    };

    public static IEnumerable<object[]> Learning =>
        from gradient in (SurrogateGradient[])[new ATan(), new ATan { Slope = 5 }, new FastSigmoid(), new Triangle { Width = 1.5 }, new StraightThrough()]
        from reset in Enum.GetValues<ResetGradient>()
        where gradient is not StraightThrough || reset == ResetGradient.Detached   // attached, it explodes over so many steps
        select new object[] { new Surrogate { Gradient = gradient, Reset = reset } };

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void On_the_same_spikes_both_engines_agree(int seed) => Agree(Options with { Network = Options.Network.EachLayer(layer => layer with { Learning = new Reservoir() }) }, seed);

    [TestMethod]
    [DynamicData(nameof(Learning))]
    public void Through_every_surrogate_both_engines_find_the_same_gradient(Surrogate learning)
    {
        // A rate loss of some weight, since it has a gradient of its own.
        OneStep found = Agree(Options with { Network = Options.Network.EachLayer(layer => layer with { Learning = learning, Homeostasis = new Homeostasis { RateLossWeight = 30 } }) }, seed: 4);
        Assert.IsGreaterThan(1e-4f, found.WeightChange[0].Max(MathF.Abs), "the columns must learn for this to tell anything");
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Spikes_beyond_a_budget_have_the_same_gradient_in_both_engines(bool homeostasis)
    {
        SpikingNetworkOptions options = Options with { Network = Options.Network.EachLayer(layer => layer with { Learning = new Surrogate(), Homeostasis = homeostasis ? new Homeostasis { RateLossWeight = 30 } : null }) };

        OneStep free = Agree(options, seed: 4), within = Agree(options with { SpikeBudget = new SpikeBudget { SpikesPerRow = 1e6 } }, seed: 4), beyond = Agree(options with { SpikeBudget = new SpikeBudget { SpikesPerRow = 20, Weight = 3 } }, seed: 4);

        CollectionAssert.AreEqual(free.WeightChange[0], within.WeightChange[0], "a budget that is kept costs nothing");
        Assert.AreEqual(free.Loss, within.Loss);
        Assert.IsGreaterThan(free.Loss + 0.1f, beyond.Loss);
        Assert.IsGreaterThan(1e-3f, free.WeightChange[0].Zip(beyond.WeightChange[0], (a, b) => MathF.Abs(a - b)).Max());
    }

    [TestMethod]
    public void Where_columns_see_patches_both_engines_find_the_same_gradient_and_none_outside_them()
    {
        SpikingNetworkOptions options = Options with { Network = Options.Network.EachLayer(layer => layer with { ReceptiveField = new ReceptiveField { Height = 2, Width = 3 }, ExcitatoryGain = 1, InhibitoryGain = 1 }) };
        ReceptiveFields fields = ReceptiveFields.Of(options.Network.ColumnLayers[0], InputShape.Intensities(3, 5))!;

        OneStep found = Agree(options, seed: 5, fields);

        for (int i = 0; i < found.WeightChange[0].Length; i++)
            if (!fields.Sees(i / (20 * Inputs), i % Inputs)) Assert.AreEqual(0, found.WeightChange[0][i], $"weight {i}");
        Assert.IsGreaterThan(1e-4f, found.WeightChange[0].Max(MathF.Abs));
    }

    [TestMethod]
    [DynamicData(nameof(Learning))]
    public void Through_columns_that_drive_each_other_both_engines_find_the_same_gradient(Surrogate learning)
        => Agree(Options with { Network = Options.Network.EachLayer(layer => layer with { Learning = learning, Coupling = 0.5 }) }, seed: 4);

    public static IEnumerable<object[]> LearningConstants =>
        from learning in Learning
        from neuron in (Neuron[])[new LifNeuron { MembraneTimeConstant = 9, SynapseTimeConstant = 3, Reset = -0.2f }, new AdaptiveLifNeuron { AdaptationTimeConstant = 6, Threshold = 1.5f }]
        from coupling in (double[])[0, 0.5]
        select new object[] { (Surrogate)learning[0] with { Neurons = NeuronLearning.Both }, neuron, coupling };

    [TestMethod]
    [DynamicData(nameof(LearningConstants))]
    public void Both_engines_find_the_same_gradient_of_the_neurons_constants(Surrogate learning, Neuron neuron, double coupling)
    {
        OneStep found = Agree(Options with { Network = Options.Network.EachLayer(layer => layer with { Learning = learning, Excitatory = neuron, Inhibitory = neuron with { Threshold = 1.2f }, Coupling = coupling, Homeostasis = new Homeostasis { RateLossWeight = 30 } }) }, seed: 4);

        Assert.HasCount(2 * neuron.Constants.Count(constant => constant.Name is not null), found.ConstantChange);
        Assert.IsTrue(found.ConstantChange.All(change => change != 0), string.Join(", ", found.ConstantChange));
    }

    [TestMethod]
    [DataRow(NeuronLearning.Thresholds, 1)]
    [DataRow(NeuronLearning.TimeConstants, 2)]
    public void Only_the_constants_that_are_asked_for_learn(NeuronLearning learns, int constants)
    {
        OneStep found = Agree(Options with { Network = Options.Network.EachLayer(layer => layer with { Learning = new Surrogate { Neurons = learns } }) }, seed: 4);
        Assert.HasCount(2 * constants, found.ConstantChange);
    }

    [TestMethod]
    public void Columns_of_a_reservoir_that_drive_each_other_agree()
        => Agree(Options with { Network = Options.Network.EachLayer(layer => layer with { Learning = new Reservoir(), Coupling = 2 }) }, seed: 5);

    /// <returns>What the CPU engine did.</returns>
    internal static OneStep Agree(SpikingNetworkOptions options, int seed, ReceptiveFields? fields = null)
    {
        Stimulus[] stimuli = Stimuli(seed, Batch);
        float[] weights = ColumnInitialiser.Draw(options.Network.ColumnLayers[0], Inputs, seed, fields);
        OneStep expected = OneStep.OfTorch(options, [weights], Inputs, stimuli, seed, fields), actual = OneStep.OfManaged(options, [weights], Inputs, stimuli, seed, fields);
        AreClose(expected, actual);
        return actual;
    }

    [TestMethod]
    [DynamicData(nameof(Learning))]
    public void All_steps_at_once_teach_what_autograd_finds_step_by_step(Surrogate learning)
    {
        SpikingNetworkOptions options = Options with { Network = Options.Network.EachLayer(layer => layer with { Learning = learning, Homeostasis = new Homeostasis { RateLossWeight = 30 } }) };
        float[] weights = ColumnInitialiser.Draw(options.Network.ColumnLayers[0], Inputs, seed: 6);
        Stimulus[] stimuli = Stimuli(seed: 6, Batch);

        OneStep.OfTorch(options, [weights], Inputs, stimuli, seed: 6).IsNear(OneStep.OfTorch(options, [weights], Inputs, stimuli, seed: 6, byStep: true));
    }

    [TestMethod]
    [DataRow(1, 6)]
    [DataRow(2, 128)]
    [DataRow(3, 137)]
    public void On_the_same_spikes_the_table_engine_agrees_with_the_torch_engine(int seed, int batch)
    {
        Stimulus[] stimuli = Stimuli(seed, batch);
        SpikingNetworkOptions options = Options with { Network = Options.Network.EachLayer(layer => layer with { Learning = new Reservoir() }) };
        float[] weights = ColumnInitialiser.Draw(options.Network.ColumnLayers[0], Inputs, seed);
        TableEngine tables = TableEngine.TryCreate(options.Network, weights, Inputs, new SampleEncoder(options.Network, Standardisation.None, default), samples: null, Steps)!;
        var packed = new PackedSpikes(Steps, Inputs, batch);
        for (int sample = 0; sample < batch; sample++) packed.Set(sample, stimuli[sample].Train);

        AreClose(OneStep.OfTorch(options, [weights], Inputs, stimuli, seed), OneStep.OfManaged(options, tables, Inputs, batch, seed, network => tables.Run(network.Layers[0], packed)));
    }

    private static void AreClose(OneStep expected, OneStep actual)
    {
        Assert.IsGreaterThan(100, expected.Accumulated[0].Count(spikes => spikes != 0), "the columns must fire for this to tell anything");
        Assert.IsGreaterThan(1e-6f, expected.InterGradient[0].Max(MathF.Abs), "and the connections must matter");
        actual.IsNear(expected);
    }

    private static Stimulus[] Stimuli(int seed, int batch) => [.. Enumerable.Range(0, batch).Select(sample =>
    {
        var stimulus = new Stimulus(Steps);
        PoissonSampler.Draw(Enumerable.Repeat(0.4f, Inputs).ToArray(), CounterRandom.FromSeed(seed).For((ulong)sample), stimulus.Fire());
        return stimulus;
    })];
}
