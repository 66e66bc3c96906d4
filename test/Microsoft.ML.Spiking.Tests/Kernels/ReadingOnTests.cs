namespace Microsoft.ML.Spiking.Tests.Kernels;

/// <summary>A readout that reads on from window to window, against a leaky integrator that is run step by step.</summary>
[TestClass]
public class ReadingOnTests
{
    private const int Steps = 12, Neurons = 20;

    public static IEnumerable<object[]> Cases =>
        from windows in (int[])[2, 3, 5, Steps, 30]
        from length in (int[])[0, 1, 4, 11, Steps]
        from time in (double?[])[null, 0.3, 3, 1000]
        select new object[] { windows, length, time! };

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void What_is_read_is_the_membrane_of_a_leaky_integrator_at_the_windows_end(int windows, int length, double? timeConstant)
    {
        bool[,] spikes = Spikes(length);
        double left = timeConstant is { } time ? Math.Exp(-1 / time) : 1, all = Enumerable.Range(0, Steps).Sum(n => Math.Pow(left, n));
        float[] read = Rates(spikes, windows, length, left);

        ReadingOn.Of(Readout(windows, timeConstant), Steps)!.Forward(read, length);

        for (int neuron = 0; neuron < Neurons; neuron++)
        {
            var membrane = new double[length + 1];
            for (int step = 0; step < length; step++) membrane[step + 1] = left * membrane[step] + (spikes[step, neuron] ? 1 : 0);
            for (int window = 0; window < windows; window++)
            {
                int end = length == 0 ? 0 : Math.Max(1, length * (window + 1) / windows);
                Assert.AreEqual(membrane[end] / all, read[window * Neurons + neuron], 1e-6, $"neuron {neuron}, window {window}");
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void The_way_back_is_the_same_sums_the_other_way_round(int windows, int length, double? timeConstant)
    {
        ReadingOn reading = ReadingOn.Of(Readout(windows, timeConstant), Steps)!;
        float[] rates = Drawn(windows, seed: 1), gradient = Drawn(windows, seed: 2), read = [.. rates], ofRates = [.. gradient];
        // Windows without a step have no rates.
        for (int window = 0; window < windows; window++)
            if (length * window / windows == length * (window + 1) / windows) Array.Clear(rates, window * Neurons, Neurons);
        rates.CopyTo(read, 0);

        reading.Forward(read, length);
        reading.Backward(ofRates, length);

        Assert.AreEqual(Product(read, gradient), Product(rates, ofRates), 1e-4);
    }

    [TestMethod]
    public void Windows_that_are_read_apart_and_layers_that_are_not_read_need_none_of_it()
    {
        Assert.IsNull(ReadingOn.Of(new Readout { Windows = 4, TimeConstant = 3 }, Steps));
        Assert.IsNull(ReadingOn.Of(null, Steps));
    }

    private static Readout Readout(int windows, double? timeConstant) => new() { Windows = windows, TimeConstant = timeConstant, Pooling = WindowPooling.Maximum };

    private static bool[,] Spikes(int length)
    {
        CounterRandom random = CounterRandom.FromSeed(3);
        var spikes = new bool[length, Neurons];
        for (int i = 0; i < spikes.Length; i++) spikes[i / Neurons, i % Neurons] = random.Uniform((ulong)i) < 0.3;
        return spikes;
    }

    /// <summary>As the engines give them: of each window by itself, over what a neuron comes to that fires in each of its steps.</summary>
    private static float[] Rates(bool[,] spikes, int windows, int length, double left)
    {
        var rates = new float[windows * Neurons];
        for (int window = 0; window < windows; window++)
        {
            int start = length * window / windows, end = length * (window + 1) / windows;
            for (int neuron = 0; neuron < Neurons && end > start; neuron++)
            {
                double sum = 0, all = 0;
                for (int step = start; step < end; step++) (sum, all) = (left * sum + (spikes[step, neuron] ? 1 : 0), left * all + 1);
                rates[window * Neurons + neuron] = (float)(sum / all);
            }
        }
        return rates;
    }

    private static float[] Drawn(int windows, int seed)
    {
        CounterRandom random = CounterRandom.FromSeed(seed);
        return [.. Enumerable.Range(0, windows * Neurons).Select(i => (float)random.Normal((ulong)i))];
    }

    private static double Product(float[] a, float[] b) => a.Zip(b, (x, y) => (double)x * y).Sum();
}
