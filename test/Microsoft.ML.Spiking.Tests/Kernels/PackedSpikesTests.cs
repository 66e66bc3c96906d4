namespace Microsoft.ML.Spiking.Tests.Kernels;

[TestClass]
public unsafe class PackedSpikesTests
{
    private const int Inputs = 24, Batch = 130;

    [TestMethod]
    public void A_spike_is_one_bit_of_its_sample_its_step_and_its_word()
    {
        var spikes = new PackedSpikes(steps: 2, Inputs, Batch);
        Assert.AreEqual((2, 2), (spikes.Words, spikes.Blocks), "twelve inputs a word, 128 samples a block");

        spikes.Set(129, Train([0, 13], [11, 12, 23]));

        Assert.AreEqual("01.02 800.801", Words(spikes, sample: 129));
        for (int sample = 0; sample < 129; sample++) Assert.AreEqual("00.00 00.00", Words(spikes, sample));
    }

    [TestMethod]
    public void A_sample_of_the_next_batch_takes_the_place_of_the_last()
    {
        var spikes = new PackedSpikes(steps: 2, Inputs, Batch);
        spikes.Set(3, Train([1, 14], [2, 15]));

        spikes.Set(3, Train([], [4]));

        Assert.AreEqual("00.00 10.00", Words(spikes, sample: 3));
    }

    private static SpikeTrain Train(params int[][] steps)
    {
        var train = new SpikeTrain(steps.Length);
        foreach (int[] inputs in steps)
        {
            foreach (int input in inputs) train.Add(input);
            train.NextStep();
        }
        return train;
    }

    /// <summary>[step, word] in hexadecimal.</summary>
    private static string Words(PackedSpikes spikes, int sample)
        => string.Join(' ', Enumerable.Range(0, spikes.Steps).Select(step => string.Join('.', Enumerable.Range(0, spikes.Words)
            .Select(word => $"{spikes.Block(sample / 128)[(step * spikes.Words + word) * 128 + sample % 128]:X2}"))));
}
