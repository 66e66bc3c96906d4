namespace Microsoft.ML.Spiking.Tests.Images;

[TestClass]
public class ImageAugmentationTests
{
    [TestMethod]
    public void All_shifts_up_to_the_largest_are_equally_likely()
    {
        const int samples = 25_000;
        var rule = new ImageAugmentation { MaximumShift = 2 };
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
        var rule = new ImageAugmentation { MaximumShift = 9 };

        Assert.AreEqual(rule.Draw(CounterRandom.FromSeed(1).For(5)), rule.Draw(CounterRandom.FromSeed(1).For(5)));
        Assert.AreNotEqual(rule.Draw(CounterRandom.FromSeed(1).For(5)), rule.Draw(CounterRandom.FromSeed(1).For(6)));
        Assert.AreNotEqual(rule.Draw(CounterRandom.FromSeed(1).For(5)), rule.Draw(CounterRandom.FromSeed(2).For(5)));
    }

    [TestMethod]
    public void To_do_nothing_is_to_be_off()
    {
        var refusal = Assert.ThrowsExactly<ArgumentException>(() => new SpikingNetworkOptions { Augmentation = new ImageAugmentation { MaximumShift = 0 } }.Check());
        Assert.AreEqual("Augmentation.MaximumShift is 0, and all else that it may do is off too; say what it is to do, or leave Augmentation null. [SPK1001]", refusal.Message);
        new SpikingNetworkOptions { Augmentation = new ImageAugmentation { MaximumShift = 0, HorizontalFlip = true } }.Check();
    }

    [TestMethod]
    public void What_cannot_be_is_refused_by_name()
    {
        Refuse(new() { MaximumShift = -1 }, "Augmentation.MaximumShift is -1, but it must not be negative. [SPK1001]");
        Refuse(new() { MaximumRotation = 181 }, "Augmentation.MaximumRotation is 181, but it must be at most 180. [SPK1001]");
        Refuse(new() { MaximumScaling = double.NaN }, "Augmentation.MaximumScaling is NaN, but it must be finite and not be negative. [SPK1001]");
        Refuse(new() { MaximumShear = 11 }, "Augmentation.MaximumShear is 11, but it must be at most 10. [SPK1001]");
        Refuse(new() { Elastic = new() { Sigma = 0 } }, "Augmentation.Elastic.Sigma is 0, but it must be greater than 0. [SPK1001]");
        Refuse(new() { Elastic = new() { Alpha = 1e5 } }, "Augmentation.Elastic.Alpha is 100000, but it must lie between 1E-06 and 10000. [SPK1001]");
    }

    [TestMethod]
    public void Every_other_look_is_mirrored_channels_and_all()
    {
        const int samples = 2000;
        var augmenter = new ImageAugmenter(new ImageAugmentation { MaximumShift = 0, HorizontalFlip = true }, new ImageShape(1, 2, 3, 2));
        float[] image = [.. Enumerable.Range(0, 12)], mirrored = [4, 5, 2, 3, 0, 1, 10, 11, 8, 9, 6, 7];
        int flipped = 0;
        for (int sample = 0; sample < samples; sample++)
        {
            float[] look = [.. image];
            augmenter.Change(look, CounterRandom.FromSeed(1).For((ulong)sample));
            if (!look.SequenceEqual(image))
            {
                CollectionAssert.AreEqual(mirrored, look);
                flipped++;
            }
        }
        Assert.AreEqual(samples / 2, flipped, 5 * Math.Sqrt(samples) / 2);
    }

    private static void Refuse(ImageAugmentation rule, string sentence)
        => Assert.AreEqual(sentence, Assert.ThrowsExactly<ArgumentException>(() => new SpikingNetworkOptions { Augmentation = rule }.Check()).Message);
}
