using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking.Tests.Kernels;

[TestClass]
public class SpikeKernelTests
{
    private const int Inputs = 40;

    [TestMethod]
    public void Bursts_hold_what_the_steps_hold()
    {
        SpikeTrain train = Train(steps: 11, rate: 0.3);
        train.Bundle();
        Assert.AreEqual(2, train.Bursts);
        for (int step = 0; step < 11; step++)
        {
            int bit = step % SpikeTrain.BurstSteps;
            int[] fired = [.. train.Burst(step / SpikeTrain.BurstSteps).ToArray().Where(input => (input >> bit & 1) != 0).Select(input => input >> 8)];
            CollectionAssert.AreEqual(train[step].ToArray(), fired, $"step {step}");
        }
    }

    [TestMethod]
    public void A_train_that_is_drawn_again_is_bundled_again()
    {
        SpikeTrain train = Train(steps: 8, rate: 1);
        train.Bundle();
        train.Clear();
        train.Add(3);
        for (int step = 0; step < 8; step++) train.NextStep();
        train.Bundle();
        CollectionAssert.AreEqual(new[] { 3 << 8 | 1 }, train.Burst(0).ToArray());
    }

    [TestMethod]
    [DataRow(8, 0.7)]
    [DataRow(8, 0.02)]
    [DataRow(10, 0.5)]
    [DataRow(3, 1.0)]
    [DataRow(21, 0.4)]
    public void The_weights_gradient_is_four_steps_sum_after_the_others_at_every_width(int steps, double rate)
    {
        SpikeTrain train = Train(steps, rate);
        train.Bundle();
        AlignedFloats currents = Normal(5, steps * Lanes.Panel);
        float[] expected = Normal(6, Inputs * Lanes.Panel).Span.ToArray();
        for (int first = 0; first < steps; first += 4)
        {
            for (int at = 0; at < expected.Length; at++)
            {
                float sum = 0;
                for (int step = first; step < Math.Min(first + 4, steps); step++)
                    if (train[step].Contains(at / Lanes.Panel)) sum += currents.Span[step * Lanes.Panel + at % Lanes.Panel];
                expected[at] += sum;
            }
        }
        CollectionAssert.AreEqual(expected, Gradient<Width512, Vector512<float>>(train, currents), "512 bits");
        CollectionAssert.AreEqual(expected, Gradient<Width256, Vector256<float>>(train, currents), "256 bits");
        CollectionAssert.AreEqual(expected, Gradient<Width128, Vector128<float>>(train, currents), "128 bits");
    }

    [TestMethod]
    public unsafe void Currents_are_sums_of_rows_in_their_order_at_every_width()
    {
        AlignedFloats weights = Normal(7, Inputs * Lanes.Panel);
        int[] inputs = [0, 3, 4, 17, 39];
        float[] values = [0.5f, -1.25f, 3, 0.1f, 0.7f], sums = new float[Lanes.Panel], multiples = new float[Lanes.Panel];
        for (int k = 0; k < inputs.Length; k++)
        {
            for (int lane = 0; lane < Lanes.Panel; lane++)
            {
                float weight = weights.Span[inputs[k] * Lanes.Panel + lane];
                sums[lane] += weight;
                multiples[lane] = (float)(values[k] * weight) + multiples[lane];
            }
        }
        var current = new AlignedFloats(Lanes.Panel);
        CurrentKernel.Sum<Width512, Vector512<float>>(inputs, weights.First, current.First);
        CollectionAssert.AreEqual(sums, current.Span.ToArray());
        CurrentKernel.Sum<Width256, Vector256<float>>(inputs, weights.First, current.First);
        CollectionAssert.AreEqual(sums, current.Span.ToArray());
        CurrentKernel.Sum<Width128, Vector128<float>>(inputs, weights.First, current.First);
        CollectionAssert.AreEqual(sums, current.Span.ToArray());
        CurrentKernel.Sum<Width512, Vector512<float>>(inputs, values, weights.First, current.First);
        CollectionAssert.AreEqual(multiples, current.Span.ToArray());
        CurrentKernel.Sum<Width256, Vector256<float>>(inputs, values, weights.First, current.First);
        CollectionAssert.AreEqual(multiples, current.Span.ToArray());
        CurrentKernel.Sum<Width128, Vector128<float>>(inputs, values, weights.First, current.First);
        CollectionAssert.AreEqual(multiples, current.Span.ToArray());
    }

    private static unsafe float[] Gradient<TWidth, TFloats>(SpikeTrain train, AlignedFloats currents)
        where TWidth : struct, IFloatLanes<TFloats>
        where TFloats : unmanaged
    {
        AlignedFloats gradient = Normal(6, Inputs * Lanes.Panel);
        float* room = stackalloc float[BurstGradientKernel.RoomLength];
        for (int burst = 0; burst < train.Bursts; burst++)
        {
            int first = burst * SpikeTrain.BurstSteps, steps = Math.Min(SpikeTrain.BurstSteps, train.Steps - first);
            BurstGradientKernel.Add<TWidth, TFloats>(train.Burst(burst), currents.First + first * Lanes.Panel, steps, gradient.First, room);
        }
        return gradient.Span.ToArray();
    }

    private static SpikeTrain Train(int steps, double rate)
    {
        var train = new SpikeTrain(steps);
        var random = CounterRandom.FromSeed(steps);
        for (int step = 0; step < steps; step++, train.NextStep())
            for (int input = 0; input < Inputs; input++)
                if (random.Uniform((ulong)(step * Inputs + input)) < rate) train.Add(input);
        return train;
    }

    private static AlignedFloats Normal(int seed, int count)
    {
        var floats = new AlignedFloats(count);
        for (int i = 0; i < count; i++) floats.Span[i] = (float)CounterRandom.FromSeed(seed).Normal((ulong)i);
        return floats;
    }
}
