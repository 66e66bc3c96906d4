using Microsoft.ML.Spiking.Tests.Codes;

namespace Microsoft.ML.Spiking.Tests.Kernels;

[TestClass]
public class DelayLineTests
{
    private const int Inputs = 3, Steps = 4;

    [TestMethod]
    public void Each_input_arrives_once_for_each_delay_at_a_synapse_of_its_own()
    {
        // Input 0 fires at 0 and 2, input 2 at 1. Through delays 0 and 2 synapses 3 and 5 are the late ones.
        var shown = new Stimulus(Steps);
        SpikeTrain train = shown.Fire();
        train.Add(0);
        train.NextStep();
        train.Add(2);
        train.NextStep();
        train.Add(0);
        train.NextStep();
        train.NextStep();

        Assert.AreEqual("0 | 2 | 0 3 | 5", Received(shown, 0, 2).Text(), "what would arrive at step 4 is lost");
        Assert.AreEqual(" | 0 | 2 | 0", Received(shown, 1).Text());
        Assert.AreEqual(" |  |  | ", Received(shown, 9).Text());
    }

    [TestMethod]
    public void Currents_keep_their_values_and_a_held_input_arrives_in_every_step_from_its_delay_on()
    {
        var sequence = new Stimulus(Steps);
        new SequenceCode().Encode([0, 0.5f, 0, 0, 0, 0, 0.25f, 0, 0, 0, 0, 0], [], default, sequence);
        Stimulus late = Received(sequence, 0, 1);
        Assert.AreEqual("1 | 4 | 0 | 3", late.Text());
        CollectionAssert.AreEqual(new[] { 0.5f, 0.5f, 0.25f, 0.25f }, (float[])[.. Enumerable.Range(0, Steps).SelectMany(step => late.Train.Values(step).ToArray())]);

        var held = new Stimulus(Steps);
        held.Hold([0, 2, 0]);
        Stimulus received = Received(held, 0, 3);
        Assert.AreEqual("1 | 1 | 1 | 1 4", received.Text());
        CollectionAssert.AreEqual(new[] { 2f, 2 }, received.Train.Values(3).ToArray());
    }

    [TestMethod]
    public void A_gradient_goes_back_to_the_step_that_was_shown()
    {
        // Of two steps and one input through delays 0 and 1: what was shown at 0 arrives at synapse 0 at once and at synapse 1 a step later.
        var shown = new float[2];
        DelayLine.Of(new ColumnLayer { Delays = [0, 1] }, synapses: 2, steps: 2)!.Backward([1, 10, 100, 1000], shown);
        CollectionAssert.AreEqual(new float[] { 1 + 1000, 100 }, shown);

        // Of two inputs, synapses 2 and 3 are the late ones.
        shown = new float[4];
        DelayLine.Of(new ColumnLayer { Delays = [0, 1] }, synapses: 4, steps: 2)!.Backward([1, 2, 3, 4, 10, 20, 30, 40], shown);
        CollectionAssert.AreEqual(new float[] { 1 + 30, 2 + 40, 10, 20 }, shown);
    }

    [TestMethod]
    public void Without_delays_there_is_no_line() => Assert.IsNull(DelayLine.Of(new ColumnLayer(), Inputs, Steps));

    [TestMethod]
    [DataRow(new int[0], "[]")]
    [DataRow(new[] { -1, 0 }, "[-1, 0]")]
    [DataRow(new[] { 0, 3, 3 }, "[0, 3, 3]")]
    public void Delays_that_cannot_be_are_refused(int[] delays, string said)
    {
        var refused = Assert.ThrowsExactly<ArgumentException>(() => new SpikingNetwork { Layers = [new ColumnLayer { Delays = [.. delays] }] }.Check());
        StringAssert.StartsWith(refused.Message, $"Delays is {said}, but it must hold one delay or more, in time steps, none of them negative,");
    }

    [TestMethod]
    public void A_scale_of_the_inputs_does_not_learn_through_delays()
    {
        var network = new SpikingNetwork { Code = new SigmoidCode(), Layers = [new ColumnLayer { Delays = [0, 1] }] };
        StringAssert.StartsWith(Assert.ThrowsExactly<ArgumentException>(network.Check).Message, "Code is SigmoidCode, whose scale of the inputs learns, but the first layer has Delays");
        network.EachLayer(layer => layer with { Learning = new Reservoir() }).Check();
    }

    private static Stimulus Received(Stimulus shown, params int[] delays)
    {
        var received = new Stimulus(Steps);
        DelayLine.Of(new ColumnLayer { Delays = [.. delays] }, delays.Length * Inputs, Steps)!.Delay(shown, received);
        return received;
    }
}
