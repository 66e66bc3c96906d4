namespace Microsoft.ML.Spiking.Tests.Neurons;

[TestClass]
public class LifNeuronTests
{
    public static IEnumerable<object[]> LifFiles => GoldenFile.Of("lif");

    public static IEnumerable<object[]> CubaLifFiles => GoldenFile.Of("cuba_lif");

    [TestMethod]
    public void A_steady_current_of_one_makes_a_neuron_of_threshold_two_fire_in_every_second_step()
    {
        // So short a memory that each step counts by itself: synapse 1, membrane 1 + e⁻¹·1 …
        var neuron = new LifNeuron { MembraneTimeConstant = 1, SynapseTimeConstant = 1e-3, Threshold = 1.3f };
        var state = new LifState();
        var spikes = new List<bool>();
        for (int step = 0; step < 6; step++)
        {
            (bool spike, state) = neuron.Step(state, 1);
            spikes.Add(spike);
        }
        // membrane: 1, 1.37 → 0, 1, 1.37 → 0, …
        CollectionAssert.AreEqual(new[] { false, true, false, true, false, true }, spikes);
    }

    [TestMethod]
    [DynamicData(nameof(LifFiles))]
    public void Synapse_membrane_and_spikes_follow_the_reference(string name)
    {
        GoldenFile file = GoldenFile.Open(name);
        LifNeuron neuron = file.Neuron();
        Close.Values([(float)file.Number("expected.alpha"), (float)file.Number("expected.beta")], [neuron.MembraneDecay, neuron.SynapseDecay], "decays");
        float[] current = file.Array("inputs.current"), spikes = file.Array("expected.spikes"), membrane = file.Array("expected.mem"), synapse = file.Array("expected.syn");
        int neurons = file.Shape("inputs.current")[1];
        var states = new LifState[neurons];
        for (int i = 0; i < current.Length; i++)
        {
            (bool spike, states[i % neurons]) = neuron.Step(states[i % neurons], current[i]);
            Assert.AreEqual(spikes[i] == 1, spike, $"spike at step {i / neurons} of neuron {i % neurons}");
            Close.Values([membrane[i], synapse[i]], [states[i % neurons].Membrane, states[i % neurons].Synapse], $"state at step {i / neurons}");
        }
    }

    [TestMethod]
    [DynamicData(nameof(CubaLifFiles))]
    public void Spikes_agree_with_those_of_five_other_libraries(string name)
    {
        GoldenFile file = GoldenFile.Open(name);
        var neuron = new LifNeuron
        {
            MembraneTimeConstant = -1 / Math.Log(file.Number("alpha_mem")),
            SynapseTimeConstant = -1 / Math.Log(file.Number("beta_syn")),
            Threshold = (float)file.Number("threshold"),
        };
        float[] rows = file.Array("rows");
        int width = file.Shape("rows")[1];
        var state = new LifState();
        for (int at = 0; at < rows.Length; at += width)
        {
            (bool spike, LifState next) = neuron.Step(state, rows[at]);
            state = next;
            float[] expected = [rows[at + 1], rows[at + 3], rows[at + 4]];
            Close.Values(expected, [state.Synapse, spike ? 1 : 0, state.Membrane], $"step {at / width}");
        }
    }
}
