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
}
