namespace Microsoft.ML.Spiking.Tests.Neurons;

[TestClass]
public class AdaptiveLifNeuronTests
{
    private static readonly GoldenFile s_golden = GoldenFile.OpenOwn("adaptive_lif");

    /// <summary>Forgets synapse and membrane at once, so that each step counts by itself; adaptation fades by half a step.</summary>
    private static readonly AdaptiveLifNeuron s_byHand = new()
    {
        SynapseTimeConstant = 1e-3, MembraneTimeConstant = 1e-3, AdaptationTimeConstant = 1 / Math.Log(2), Threshold = 1, Adaptation = 1,
    };

    [TestMethod]
    public void A_steady_current_a_little_above_the_threshold_makes_it_fire_and_then_rest()
    {
        // The current is 1.3. Threshold 1 -> spike; adaptation 1/2, threshold 1.5 -> none; 1/4, 1.25 -> spike; 1/8 + 1/2, 1.625 -> none; 0.3125 -> none; 0.15625 -> spike.
        CollectionAssert.AreEqual(new[] { true, false, true, false, false, true }, Spikes(s_byHand, 1.3f));
    }

    [TestMethod]
    public void Fired_in_every_step_its_threshold_ends_at_threshold_and_adaptation_together()
    {
        var state = new AdaptiveLifState();
        for (int step = 0; step < 60; step++) (_, state) = s_byHand.Step(state, 100);
        Assert.AreEqual(1, state.Adaptation, 1e-6f);
    }

    [TestMethod]
    public void Spikes_follow_an_independent_calculation()
    {
        AdaptiveLifNeuron neuron = Golden;
        float[] current = s_golden.Array("inputs.current"), spikes = s_golden.Array("expected.spikes"), thresholds = s_golden.Array("expected.thresholds");
        int neurons = s_golden.Shape("inputs.current")[1];
        var states = new AdaptiveLifState[neurons];
        for (int i = 0; i < current.Length; i++)
        {
            Close.Values([thresholds[i]], [neuron.Threshold + (float)neuron.Adaptation * states[i % neurons].Adaptation], $"threshold at step {i / neurons}");
            (bool spike, states[i % neurons]) = neuron.Step(states[i % neurons], current[i]);
            Assert.AreEqual(spikes[i] == 1, spike, $"spike at step {i / neurons} of neuron {i % neurons}");
        }
    }

    [TestMethod]
    public void A_recording_shows_the_membranes_and_thresholds_of_that_calculation()
    {
        // Input t is on in step t alone, with the current of that step as its weights.
        int steps = s_golden.Shape("inputs.current")[0], neurons = s_golden.Shape("inputs.current")[1];
        float[] current = s_golden.Array("inputs.current"), weights = new float[steps * neurons];
        for (int i = 0; i < current.Length; i++) weights[i % neurons * steps + i / neurons] = current[i];
        SpikingNetwork network = Drawn.Of(new SpikingNetwork
        {
            Code = new RateCode(),
            Layers = [new ColumnLayer { Columns = 1, NeuronsPerColumn = neurons, ExcitatoryFraction = 1, Excitatory = Golden, Inhibitory = Golden }],
        });
        SpikingModel model = Drawn.Model(network, ColumnNames.Default, seed: 1, InputShape.SpikeTrain(steps, steps), FeatureStatistics.None);
        model = model with { Layers = [model.Layers[0] with { InputWeights = [.. weights] }] };

        LayerRecording recording = new SpikeRecorder(model).Record(Enumerable.Range(0, steps * steps).Select(i => i % steps == i / steps).ToArray()).Layers[0];

        float[] Each(Func<int, int, float> number) => [.. Enumerable.Range(0, steps * neurons).Select(i => number(i / neurons, i % neurons))];
        Close.Values(s_golden.Array("expected.membranes"), Each((step, neuron) => recording.Membrane(step, 0, neuron)), "membranes");
        Close.Values(s_golden.Array("expected.thresholds"), Each((step, neuron) => recording.Threshold(step, 0, neuron)), "thresholds");
        CollectionAssert.AreEqual(s_golden.Array("expected.spikes"), Each((step, neuron) => recording.Fired(step, 0, neuron) ? 1 : 0));
    }

    [TestMethod]
    public void Without_adaptation_it_is_a_plain_neuron()
    {
        var plain = new LifNeuron { MembraneTimeConstant = 5, SynapseTimeConstant = 2, Threshold = 1.1f };
        var adaptive = new AdaptiveLifNeuron { MembraneTimeConstant = 5, SynapseTimeConstant = 2, Threshold = 1.1f, Adaptation = 0 };
        CollectionAssert.AreEqual(Spikes(plain, 0.3f), Spikes(adaptive, 0.3f));
    }

    [TestMethod]
    public void What_it_cannot_be_is_said_and_so_is_a_layer_of_two_types()
    {
        static string Refusal(ColumnLayer layer) => Assert.ThrowsExactly<ArgumentException>(() => new SpikingNetwork { Layers = [layer] }.Check()).Message;

        var neuron = new AdaptiveLifNeuron();
        StringAssert.StartsWith(Refusal(new() { Excitatory = neuron with { Adaptation = -1 }, Inhibitory = neuron }), "Excitatory.Adaptation is -1, but it must not be negative.");
        StringAssert.StartsWith(Refusal(new() { Excitatory = neuron, Inhibitory = neuron with { AdaptationTimeConstant = 0 } }), "Inhibitory.AdaptationTimeConstant is 0, but");
        StringAssert.StartsWith(Refusal(new() { Excitatory = neuron }), "Excitatory is AdaptiveLifNeuron and Inhibitory is LifNeuron, but a layer's neurons are of one type;");
    }

    private static AdaptiveLifNeuron Golden => new()
    {
        MembraneTimeConstant = s_golden.Number("parameters.membrane_time_constant"),
        SynapseTimeConstant = s_golden.Number("parameters.synapse_time_constant"),
        AdaptationTimeConstant = s_golden.Number("parameters.adaptation_time_constant"),
        Threshold = (float)s_golden.Number("parameters.threshold"),
        Reset = (float)s_golden.Number("parameters.reset"),
        Adaptation = s_golden.Number("parameters.adaptation"),
    };

    private static bool[] Spikes(AdaptiveLifNeuron neuron, float current)
    {
        var state = new AdaptiveLifState();
        return [.. Enumerable.Range(0, 6).Select(_ =>
        {
            (bool spike, state) = neuron.Step(state, current);
            return spike;
        })];
    }

    private static bool[] Spikes(LifNeuron neuron, float current)
    {
        var state = new LifState();
        return [.. Enumerable.Range(0, 6).Select(_ =>
        {
            (bool spike, state) = neuron.Step(state, current);
            return spike;
        })];
    }
}
