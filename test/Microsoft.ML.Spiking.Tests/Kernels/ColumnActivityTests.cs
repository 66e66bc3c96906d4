namespace Microsoft.ML.Spiking.Tests.Kernels;

[TestClass]
public class ColumnActivityTests
{
    [TestMethod]
    public void Neurons_that_fire_at_all_and_in_every_step_are_counted_by_column()
    {
        // Two columns of three neurons, each in a word of 16 bits; three steps.
        var lanes = new Lanes(new ColumnLayer { Columns = 2, NeuronsPerColumn = 3 });
        var activity = new ColumnActivity(lanes, steps: 3);
        // Column 0: neuron 0 always, neuron 1 once. Column 1: neuron 2 twice.
        (activity.Panel(0)[0], activity.Panel(0)[1], activity.Panel(0)[2]) = (0b001ul | 0b100ul << 16, 0b011ul, 0b001ul | 0b100ul << 16);
        int[] active = new int[2], constant = new int[2];

        activity.CountExtremes(active, constant);

        CollectionAssert.AreEqual(new[] { 2, 1 }, active);
        CollectionAssert.AreEqual(new[] { 1, 0 }, constant);
    }

    /// <summary>Five columns of twenty neurons are ten words, and so three panels, which share columns.</summary>
    [TestMethod]
    public void Rates_words_and_what_a_next_layer_hears_are_those_of_each_neuron()
    {
        const int Columns = 5, Neurons = 20, Steps = 4;
        var lanes = new Lanes(new ColumnLayer { Columns = Columns, NeuronsPerColumn = Neurons, ExcitatoryFraction = 0.75 });
        var activity = new ColumnActivity(lanes, Steps);
        var random = CounterRandom.FromSeed(1);
        bool Fired(int step, int neuron) => random.Uniform((ulong)(step * Columns * Neurons + neuron)) < 0.3;
        for (int step = 0; step < Steps; step++)
            for (int neuron = 0; neuron < Columns * Neurons; neuron++)
                if (Fired(step, neuron)) activity.Panel(lanes.Of(neuron) / 64)[step] |= 1ul << lanes.Of(neuron) % 64;

        activity.Rate();
        var heard = new SpikeTrain(Steps);
        activity.CopyTo(heard);

        Assert.AreEqual(3, lanes.Panels);
        float[] rates = [.. activity.Rates];
        for (int step = 0; step < Steps; step++)
        {
            int[] fired = [.. Enumerable.Range(0, Columns * Neurons).Where(neuron => Fired(step, neuron))];
            CollectionAssert.AreEqual(fired, heard[step].ToArray(), $"step {step}");
            float[] ofStep = new float[Columns];
            foreach (int neuron in fired) ofStep[neuron / Neurons] += neuron % Neurons < 15 ? 1 : -1;
            ofStep = Array.ConvertAll(ofStep, sum => sum / Neurons);
            CollectionAssert.AreEqual(ofStep, rates[(step * Columns)..((step + 1) * Columns)], $"rates of step {step}");
            CollectionAssert.AreEqual(ofStep, activity.Rate(step).ToArray(), $"rates of step {step} alone");
            for (int word = 0; word < lanes.Words; word++)
            {
                var (spikes, shift) = activity.Word(word);
                var (first, count) = lanes.NeuronsOf(word);
                Assert.AreEqual(fired.Where(neuron => neuron >= first && neuron < first + count).Aggregate(0ul, (bits, neuron) => bits | 1ul << neuron - first), spikes.Span[step] >> shift & 0xFFFF);
            }
        }
        CollectionAssert.AreEqual(rates, activity.Rates);
    }
}
