namespace Microsoft.ML.Spiking.Tests.Scoring;

/// <summary>What rows cost, counted once more from what <see cref="SpikeRecorder"/> shows of every spike.</summary>
[TestClass]
public class PredictionCostTests
{
    private const int Rows = 37;

    [TestMethod]
    public void A_row_among_others_costs_what_its_recording_counts_one_by_one_whatever_the_network() => Property.ForAll(AnyTraining.Drawn, drawn =>
    {
        if (drawn.IsSpikeTrain) return;
        SpikingModel model = new MLContext(seed: 1) is var ml ? ml.MulticlassClassification.Trainers.SpikingNetwork(drawn.Options).Fit(drawn.Data(ml)).Model : null!;
        int width = model.Input.Features;
        CounterRandom random = CounterRandom.FromSeed(drawn.Seed);
        float[] rows = [.. Enumerable.Range(0, Rows * width).Select(i => (float)(1.5 * random.Uniform((ulong)i) - 0.25))];
        var costs = new PredictionCost?[Rows];
        new SpikingScorer(model).Run(new IntensityBatch(rows, width), Rows, new float[Rows * model.Classes], new float[Rows * model.Network.AllColumns], costs);
        var recorder = new SpikeRecorder(model);
        for (int row = 0; row < Rows; row++)
        {
            SpikeRecording recording = recorder.Record(rows.AsSpan(row * width, width));
            Assert.AreEqual(Counted(model, recording), costs[row], $"row {row}");
            Assert.AreEqual(costs[row], recording.Cost, $"row {row}, recorded");
        }
    }, times: 60);

    [TestMethod]
    public void A_weight_that_is_read_moves_four_bytes() => Assert.AreEqual(28, new PredictionCost(1, 2, SynapticOperations: 7, 9).BytesMoved);

    private static PredictionCost Counted(SpikingModel model, SpikeRecording recording)
    {
        int hidden = model.Network.Readout.HiddenUnits, after = hidden > 0 ? hidden : model.Classes;
        int windows = model.Network.Readout.Windows;
        bool apart = model.Network.Readout.Pooling == WindowPooling.Concatenate;
        if (model.Network.Readout.Pooling == WindowPooling.Attention) after++;
        long events = 0, spikes = 0, operations = (long)hidden * model.Classes * (apart ? 1 : windows), dense = operations;
        for (int i = 0; i < recording.Layers.Length; i++)
        {
            LayerRecording layer = recording.Layers[i];
            TrainedLayer trained = model.Layers[i];
            ReceptiveFields? fields = i == 0 ? ReceptiveFields.Of(trained.Layer, model.Input) : null;
            bool isRead = model.Network.Readout.Layers == ReadLayers.All || i == recording.Layers.Length - 1;
            for (int step = 0; step < (layer.IsHeld ? 1 : layer.Steps); step++)
            {
                foreach (int input in layer.Inputs(step))
                {
                    if (i == 0) events++;
                    for (int column = 0; column < layer.Columns; column++)
                        foreach (int delay in trained.Layer.Delays)
                            if (step + delay < layer.Steps && (fields is null || fields.Sees(column, input))) operations += layer.NeuronsPerColumn;
                }
            }
            for (int column = 0; column < layer.Columns; column++)
            {
                for (int neuron = 0; neuron < layer.NeuronsPerColumn; neuron++)
                {
                    int fired = Enumerable.Range(0, layer.Steps).Count(step => layer.Fired(step, column, neuron));
                    spikes += fired;
                    if (isRead)
                    {
                        operations += after * Enumerable.Range(0, windows).Count(window =>
                            Enumerable.Range(0, layer.Steps).Any(step => apart
                                ? step >= layer.Steps * window / windows && step < layer.Steps * (window + 1) / windows && layer.Fired(step, column, neuron)
                                : step < Math.Max(1, layer.Steps * (window + 1) / windows) && layer.Fired(step, column, neuron)));
                    }
                    dense += fields?.FanIn ?? trained.Inputs;
                    if (isRead) dense += after * windows;
                    for (int other = 0; other < layer.Columns; other++)
                    {
                        if (trained.Layer is ColumnLayer { Recurrence: not null } && trained.RecurrentTopology[other, column])
                        {
                            // What fires in the last step, nobody hears any more.
                            operations += (fired - (layer.Fired(layer.Steps - 1, column, neuron) ? 1 : 0)) * layer.NeuronsPerColumn;
                            dense += layer.NeuronsPerColumn;
                        }
                        if (!trained.Topology[other, column]) continue;
                        operations += fired;
                        dense++;
                    }
                }
            }
        }
        return new PredictionCost(events, spikes, operations, dense);
    }
}
