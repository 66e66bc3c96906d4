namespace Microsoft.ML.Spiking.Tests.Training;

[TestClass]
public class TemperatureScalingTests
{
    private const int Rows = 4000;

    [TestMethod]
    [DataRow(0.5f)]
    [DataRow(1f)]
    [DataRow(3f)]
    public void It_finds_the_temperature_that_the_logits_were_heated_by(float temperature)
    {
        // The labels are drawn from the softmax of these logits, and the network is surer or less sure than that.
        var random = CounterRandom.FromSeed(5);
        float[] logits = new float[2 * Rows];
        int[] labels = new int[Rows];
        for (int row = 0; row < Rows; row++)
        {
            double margin = 4 * random.Uniform((ulong)row) - 2;
            labels[row] = random.Uniform((ulong)(Rows + row)) < 1 / (1 + Math.Exp(-margin)) ? 0 : 1;
            logits[2 * row] = temperature * (float)margin;
        }
        Assert.AreEqual(temperature, TemperatureScaling.Fit(logits, labels, weights: null), 0.1f * temperature);
    }

    [TestMethod]
    public void A_few_rows_that_are_all_right_are_no_reason_to_be_certain()
    {
        // Three rows, two classes, a margin of 1: the targets are 1 - 1/5, so the probability is 0.8, and its margin ln 4.
        Assert.AreEqual(1 / Math.Log(4), TemperatureScaling.Fit(new float[] { 1, 0, 1, 0, 1, 0 }, [0, 0, 0], weights: null), 1e-3);
    }

    [TestMethod]
    public void A_row_that_counts_twice_is_two_rows()
    {
        float[] logits = [2, 0, 0, 1, 1, 0];

        float weighted = TemperatureScaling.Fit(logits, [0, 1, 1], [1, 2, 1]);

        // Up to the targets' doubt, which goes by the number of rows.
        Assert.AreEqual(TemperatureScaling.Fit(new float[] { 2, 0, 0, 1, 0, 1, 1, 0 }, [0, 1, 1, 1], weights: null), weighted, 0.2f * weighted);
        Assert.AreNotEqual(TemperatureScaling.Fit(logits, [0, 1, 1], weights: null), weighted);
    }
}
