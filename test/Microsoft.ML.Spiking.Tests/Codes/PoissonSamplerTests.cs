namespace Microsoft.ML.Spiking.Tests.Codes;

[TestClass]
public class PoissonSamplerTests
{
    [TestMethod]
    public void Inputs_fire_as_often_as_their_probabilities_say()
    {
        const int steps = 20_000;
        float[] p = [0, 0.01f, 0.25f, 0.5f, 1];
        int[] counts = Count(p, steps, CounterRandom.FromSeed(3));
        for (int i = 0; i < p.Length; i++)
        {
            double deviation = Math.Sqrt(steps * p[i] * (1 - p[i]));
            Assert.AreEqual(steps * p[i], counts[i], 4 * deviation + 1e-9, $"input {i}");
        }
    }

    [TestMethod]
    public void A_silent_neighbour_changes_nothing()
    {
        SpikeTrain with = Draw([0.3f, 0.2f, 0.3f], 50), without = Draw([0.3f, 0, 0.3f], 50);
        for (int step = 0; step < 50; step++)
            CollectionAssert.AreEqual(with[step].ToArray().Where(i => i != 1).ToArray(), without[step].ToArray());
    }

    [TestMethod]
    public void A_longer_train_begins_as_a_shorter_one_does()
    {
        float[] p = [.. Enumerable.Range(0, 150).Select(i => i / 150f)];
        SpikeTrain shorter = Draw(p, 70), longer = Draw(p, 300);
        for (int step = 0; step < 70; step++) CollectionAssert.AreEqual(shorter[step].ToArray(), longer[step].ToArray(), $"step {step}");
    }

    [TestMethod]
    public void Inputs_are_independent_of_each_other_in_every_step()
    {
        // 200 inputs at ½: two of them agree in half of 6400 steps, 3200 ± 6 · 40 for the worst of 19,900 pairs.
        SpikeTrain train = Draw([.. Enumerable.Repeat(0.5f, 200)], 6400);
        var fired = new bool[200, 6400];
        for (int step = 0; step < 6400; step++)
            foreach (int input in train[step]) fired[input, step] = true;
        for (int a = 0; a < 200; a++)
            for (int b = 0; b < a; b++)
                Assert.AreEqual(3200, Enumerable.Range(0, 6400).Count(step => fired[a, step] == fired[b, step]), 240, $"inputs {a} and {b}");
    }

    [TestMethod]
    public void Steps_are_independent_of_each_other()
    {
        // Of 10,000 pairs of steps both fire in a quarter: 2500 ± 4 · 43.
        SpikeTrain train = Draw([0.5f], 20_000);
        int both = Enumerable.Range(0, 10_000).Count(i => train[2 * i].Length == 1 && train[2 * i + 1].Length == 1);
        Assert.AreEqual(2500, both, 174);
    }

    private static SpikeTrain Draw(float[] p, int steps)
    {
        var train = new SpikeTrain(steps);
        PoissonSampler.Draw(p, CounterRandom.FromSeed(1), train);
        return train;
    }

    private static int[] Count(float[] p, int steps, CounterRandom random)
    {
        var train = new SpikeTrain(steps);
        PoissonSampler.Draw(p, random, train);
        var counts = new int[p.Length];
        for (int step = 0; step < steps; step++)
            foreach (int input in train[step]) counts[input]++;
        return counts;
    }
}
