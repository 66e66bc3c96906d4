namespace Microsoft.ML.Spiking.Tests.Recording;

/// <summary>What <see cref="SpikeRecorder"/> writes down of networks whose input is not held, whose columns drive each other, or which have no readout.</summary>
[TestClass]
public class RecordedInputsTests
{
    [TestMethod]
    public void Of_a_spike_train_every_spike_is_an_event()
    {
        // Both inputs, none, the second, none: v = 2 -> spike, 0, 1 -> spike, 0.
        SpikingModel model = SpikeRecorderTests.Neurons(1, new RateCode(), InputShape.SpikeTrain(4, 2));
        SpikeRecording recording = new SpikeRecorder(model).Record([true, true, false, false, false, true, false, false]);
        Assert.IsFalse(recording.Layers[0].IsHeld);
        CollectionAssert.AreEqual((int[])[0, 1], recording.Layers[0].Inputs(0).ToArray());
        CollectionAssert.AreEqual((int[])[1], recording.Layers[0].Inputs(2).ToArray());
        AreEqual([2, 0, 1, 0], recording, column: 0);
        Assert.AreEqual(new PredictionCost(InputEvents: 3, Spikes: 2, SynapticOperations: 3 + 2, DenseOperations: 2 + 2), recording.Cost);
    }

    [TestMethod]
    public void Of_a_sequence_the_inputs_are_its_rises_and_falls()
    {
        // 0, 1, 1, 0: it rises in the second step, on channel 0, and falls in the fourth, on channel 1.
        SpikingModel model = SpikeRecorderTests.Neurons(1, new DeltaCode(), new DeltaCode().Shape(InputShape.Intensities(4, 1))!);
        SpikeRecording recording = new SpikeRecorder(model).Record([0f, 1, 1, 0]);
        Assert.AreEqual(2, recording.Layers[0].InputCount);
        CollectionAssert.AreEqual((int[])[0], recording.Layers[0].Inputs(1).ToArray());
        CollectionAssert.AreEqual((int[])[1], recording.Layers[0].Inputs(3).ToArray());
        AreEqual([0, 1, 0, 1], recording, column: 0);
        Assert.AreEqual(0.5f, recording.SpikeRate[0]);
        Assert.AreEqual(1 / (1 + Math.Exp(-1)), recording.Score[0], 1e-6, "half a spike a step, times 1 and -1");
    }

    [TestMethod]
    public void Columns_that_drive_each_other_hear_a_spike_one_step_later()
    {
        // Column 0 as alone: 0.75, 1.125 -> spike, 0.75, 1.125 -> spike. A connection of 0 lets σ(0), half, through: the others hear half of the first spike, and keep half of that.
        SpikingModel model = SpikeRecorderTests.Neurons(3, new DirectCode { Gain = 1 }, InputShape.Intensities(1), coupling: 1);
        model = model with { Layers = [model.Layers[0] with { InputWeights = [1, 0, 0], InterWeights = [.. new float[9]] }] };
        SpikeRecording recording = new SpikeRecorder(model).Record([0.75f]);
        AreEqual([0.75f, 1.125f, 0.75f, 1.125f], recording, column: 0);
        AreEqual([0, 0, 0.5f, 0.25f], recording, column: 1);
        AreEqual([0, 0, 0.5f, 0.25f], recording, column: 2);
        // One input to three neurons; two spikes to two other columns each; the one neuron that fired to two classes.
        Assert.AreEqual(new PredictionCost(InputEvents: 1, Spikes: 2, SynapticOperations: 3 + 4 + 2, DenseOperations: 3 + 6 + 6), recording.Cost);
    }

    [TestMethod]
    public void Only_columns_that_see_an_input_cost_anything_for_it()
    {
        // Four columns of a neuron, each on a quarter of a picture of 2 by 2 pixels, of which one is lit: one neuron gets it and fires at 1.
        SpikingModel model = SpikeRecorderTests.Neurons(4, new DirectCode { Gain = 1 }, InputShape.Intensities(2, 2));
        SpikingNetwork network = model.Network.EachLayer(layer => layer with { ReceptiveField = new ReceptiveField { Height = 1, Width = 1 } });
        float[] weights = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
        model = model with { Network = network, Layers = [model.Layers[0] with { Layer = network.ColumnLayers[0], InputWeights = [.. weights] }] };
        SpikeRecording recording = new SpikeRecorder(model).Record([0, 0, 1f, 0]);
        CollectionAssert.AreEqual((int[])[0, 0, 4, 0], recording.Layers[0].SpikeCount.ToArray());
        // The ring of four with two neighbours: four spikes to two columns each.
        Assert.AreEqual(new PredictionCost(InputEvents: 1, Spikes: 4, SynapticOperations: 1 + 8 + 2, DenseOperations: 4 + 8 + 8), recording.Cost);
    }

    [TestMethod]
    public void A_network_without_a_readout_is_recorded_without_scores()
    {
        SpikingModel model = SpikeRecorderTests.Neurons(1, new DirectCode { Gain = 1 }, InputShape.Intensities(2)).WithoutReadout("Features");
        SpikeRecording recording = new SpikeRecorder(model).Record([0.75f, 0]);
        Assert.IsEmpty(recording.Score);
        CollectionAssert.AreEqual((int[])[2], recording.Layers[0].SpikeCount.ToArray());
    }

    private static void AreEqual(float[] membranes, SpikeRecording recording, int column)
    {
        for (int step = 0; step < membranes.Length; step++)
        {
            Assert.AreEqual(membranes[step], recording.Layers[0].Membrane(step, column, 0), 1e-6f, $"step {step}");
            Assert.AreEqual(membranes[step] >= 1, recording.Layers[0].Fired(step, column, 0), $"step {step}");
        }
    }
}
