using System.Runtime.InteropServices;

namespace Microsoft.ML.Spiking.Tests.Scoring;

/// <summary>A row's scores are of the row alone, whatever the network.</summary>
[TestClass]
public class ScoringPropertyTests
{
    private const int Rows = 41;

    [TestMethod]
    public void A_row_scores_to_the_bit_the_same_alone_and_among_others_in_any_order_and_on_any_thread() => Property.ForAll(AnyTraining.Drawn, drawn =>
    {
        if (drawn.IsSpikeTrain) return;
        var ml = new MLContext(seed: 1);
        SpikingModel model = ml.MulticlassClassification.Trainers.SpikingNetwork(drawn.Options).Fit(drawn.Data(ml)).Model;
        var scorer = new SpikingScorer(model);
        int width = model.Input.Features;
        CounterRandom random = CounterRandom.FromSeed(drawn.Seed);
        float[] rows = [.. Enumerable.Range(0, Rows * width).Select(i => (float)(1.5 * random.Uniform((ulong)i) - 0.25))];
        (float[] all, float[] allRates) = Score(rows);

        int[] order = [.. Enumerable.Range(0, Rows)];
        new RandomStream(random).Shuffle(order);
        (float[] shuffled, float[] shuffledRates) = Score([.. order.SelectMany(row => rows[(row * width)..((row + 1) * width)])]);
        for (int i = 0; i < Rows; i++)
        {
            Same(Of(all, order[i]), Of(shuffled, i), $"row {order[i]} in another place");
            Same(Of(allRates, order[i]), Of(shuffledRates, i), $"rates of row {order[i]} in another place");
        }
        for (int row = 0; row < Rows; row++) Same(Of(all, row), Score(rows[(row * width)..((row + 1) * width)]).Scores, $"row {row} alone");
        Parallel.For(0, 4, _ => Same(all, Score(rows).Scores, "beside other threads"));

        (float[] Scores, float[] Rates) Score(float[] features)
        {
            int count = features.Length / width;
            float[] scores = new float[count * model.Classes], rates = new float[count * model.Network.AllColumns];
            scorer.Run(new IntensityBatch(features, width), count, scores, rates);
            return (scores, rates);
        }
    }, times: 50);

    private static ReadOnlySpan<float> Of(float[] numbers, int row) => numbers.AsSpan(row * (numbers.Length / Rows), numbers.Length / Rows);

    private static void Same(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what)
        => Assert.IsTrue(MemoryMarshal.AsBytes(expected).SequenceEqual(MemoryMarshal.AsBytes(actual)), what);
}
