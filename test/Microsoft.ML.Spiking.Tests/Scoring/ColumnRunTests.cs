namespace Microsoft.ML.Spiking.Tests.Scoring;

/// <summary>What a layer of columns passes on is what its neurons did.</summary>
[TestClass]
public class ColumnRunTests
{
    private static readonly ColumnScoring s_layer = (ColumnScoring)ScoringLayer.Of(Toy.Trained.Model)[0];

    private static readonly int s_steps = Toy.Trained.Model.Steps;

    [TestMethod]
    public void The_next_layer_hears_each_spike_in_its_step()
    {
        LayerRun run = s_layer.Run(s_steps, keep: false);
        run.Show(AllInputs());

        SpikeTrain heard = run.Spikes().Train;

        Assert.IsGreaterThan(0, heard.Count, "the neurons must fire for this to tell anything");
        int neurons = run.NeuronsPerGroup;
        for (int step = 0; step < s_steps; step++)
        {
            int[] spiked = [.. Enumerable.Range(0, s_layer.Shape.Neurons).Where(neuron => run.Fired(step, neuron / neurons, neuron % neurons))];
            CollectionAssert.AreEqual(spiked, heard[step].ToArray(), $"step {step}");
        }
        Assert.AreSame(run.Spikes(), run.Spikes(), "the same room for every row");
    }

    [TestMethod]
    public void A_membrane_that_is_kept_is_the_one_that_fires_at_its_threshold()
    {
        LayerRun run = s_layer.Run(s_steps, keep: true);
        run.Show(AllInputs());

        for (int step = 0; step < s_steps; step++)
            for (int group = 0; group < s_layer.Shape.Groups; group++)
                for (int neuron = 0; neuron < run.NeuronsPerGroup; neuron++)
                    Assert.AreEqual(run.Fired(step, group, neuron), run.Membrane(step, group, neuron) >= run.Threshold(step, group, neuron), $"step {step}, column {group}, neuron {neuron}");
    }

    [TestMethod]
    public void Columns_that_drive_each_other_in_training_do_so_in_scoring()
    {
        ColumnLayer layer = Toy.Options.Network.ColumnLayers[0] with { Coupling = 0.5 };
        var columns = new ColumnSimulation(layer, Toy.Trained.Model.Layers[0].InputWeights.AsSpan(), Toy.Inputs);
        var heard = new DenseKernel([.. Enumerable.Repeat(2f, layer.Columns * layer.Columns)], [], layer.Columns);
        var coupled = new ColumnActivity(columns.Lanes, s_steps);
        new CoupledSimulation(columns, s_steps).Show(AllInputs(), heard, coupled);
        LayerRun run = new ColumnScoring(columns, heard, new float[layer.Columns], s_layer.Shape, isRead: true, s_steps).Run(s_steps, keep: false), alone = s_layer.Run(s_steps, keep: false);

        run.Show(AllInputs());
        alone.Show(AllInputs());

        var expected = new SpikeTrain(s_steps);
        coupled.CopyTo(expected);
        Assert.AreEqual(Spikes(expected), Spikes(run.Spikes().Train));
        Assert.AreNotEqual(Spikes(alone.Spikes().Train), Spikes(expected), "the coupling must tell");

        static string Spikes(SpikeTrain train) => string.Join(" | ", Enumerable.Range(0, s_steps).Select(step => string.Join(' ', train[step].ToArray())));
    }

    [TestMethod]
    public void Only_what_nobody_reads_has_room_of_its_own()
    {
        var unread = new ColumnScoring(s_layer.Columns, s_layer.InterWeights, new float[s_layer.Shape.Groups], s_layer.Shape, isRead: false, s_steps);

        Assert.IsEmpty(s_layer.Run(s_steps, keep: false).Unread);
        Assert.HasCount(s_layer.Shape.Neurons, unread.Run(s_steps, keep: false).Unread);
    }

    private static Stimulus AllInputs()
    {
        var stimulus = new Stimulus(s_steps);
        SpikeTrain train = stimulus.Fire();
        for (int step = 0; step < s_steps; step++)
        {
            for (int input = 0; input < Toy.Inputs; input++) train.Add(input);
            train.NextStep();
        }
        return stimulus;
    }
}
