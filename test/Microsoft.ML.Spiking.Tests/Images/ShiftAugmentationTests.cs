namespace Microsoft.ML.Spiking.Tests.Images;

[TestClass]
public class ShiftAugmentationTests
{
    [TestMethod]
    public void All_shifts_up_to_the_largest_are_equally_likely()
    {
        const int samples = 25_000;
        var rule = new ShiftAugmentation { MaximumShift = 2 };
        CounterRandom batch = CounterRandom.FromSeed(1);

        var counts = Enumerable.Range(0, samples).Select(sample => rule.Draw(batch.For((ulong)sample))).CountBy(shift => shift).ToDictionary();

        CollectionAssert.AreEquivalent((int[])[-2, -1, 0, 1, 2], counts.Keys.Select(shift => shift.Down).Distinct().ToArray());
        Assert.HasCount(25, counts);
        // 1000 of each, of deviation 31.
        foreach (var (shift, count) in counts) Assert.AreEqual(1000, count, 5 * 31, shift.ToString());
    }

    [TestMethod]
    public void A_sample_of_a_batch_always_moves_the_same_way()
    {
        var rule = new ShiftAugmentation { MaximumShift = 9 };

        Assert.AreEqual(rule.Draw(CounterRandom.FromSeed(1).For(5)), rule.Draw(CounterRandom.FromSeed(1).For(5)));
        Assert.AreNotEqual(rule.Draw(CounterRandom.FromSeed(1).For(5)), rule.Draw(CounterRandom.FromSeed(1).For(6)));
        Assert.AreNotEqual(rule.Draw(CounterRandom.FromSeed(1).For(5)), rule.Draw(CounterRandom.FromSeed(2).For(5)));
    }

    [TestMethod]
    public void To_move_by_nothing_is_to_be_off()
    {
        var refusal = Assert.ThrowsExactly<ArgumentException>(() => new SpikingNetworkOptions { Augmentation = new ShiftAugmentation { MaximumShift = 0 } }.Check());
        Assert.AreEqual("Augmentation.MaximumShift is 0, but it must be greater than 0. [SPK1001]", refusal.Message);
    }
}
