using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Native;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Codes;

/// <summary><see cref="SpikeCode"/> and <see cref="EvaluationCode"/> on tensors.</summary>
internal static class SpikeCodeTensors
{
    /// <summary>What a batch trains with. Where the columns learn, so does the scale of the inputs.</summary>
    /// <param name="code">The code.</param>
    /// <param name="x">The standardised features, [batch, feature].</param>
    /// <param name="tensors">What it needs of the network.</param>
    /// <param name="noise">Makes the noise.</param>
    /// <param name="random">Its source.</param>
    public static ShownBatch Encode(this SpikeCode code, Tensor x, CodeTensors tensors, CounterNoise noise, CounterRandom random)
    {
        if (code is SequenceCode sequence)
            return new ShownBatch(Steps(sequence.Step, x.view(x.shape[0], -1, tensors.Inputs), noise, random), Probability: null);
        if (code is PoissonCode poisson)
        {
            Tensor p = poisson.Probability(x, tensors.InputScale);
            return new ShownBatch(noise.Spikes(Limits(p), tensors.Steps, random), p.requires_grad ? p : null);
        }
        return new ShownBatch(code switch
        {
            DirectCode direct => Direct(direct, x),
            LatencyCode latency => Latency(latency, x, tensors.Steps),
            DeltaCode delta => Delta(delta, x, tensors.Inputs / 2),
            TopKCode top => Largest(x, top.Fraction, top.MinimumIntensity),
            _ => throw new NotSupportedException($"{code.GetType().Name} has no form on tensors."),
        }, Probability: null);
    }

    /// <summary>Below what a whole number of 24 bits is to be for a spike: the probability times 2²⁴, which is exact.</summary>
    public static Tensor Limits(Tensor probabilities) => probabilities.detach().mul(((double)(1 << CounterNoise.Bits)).Rooted());

    /// <summary>The probability that each input spikes in a training step, [batch, input].</summary>
    /// <param name="code">A Poisson code.</param>
    /// <param name="x">The standardised features, [batch, input].</param>
    /// <param name="inputScale">The scale of each input; null where the code has none, or x is scaled already.</param>
    public static Tensor Probability(this SpikeCode code, Tensor x, Tensor? inputScale) => code switch
    {
        RateCode intensity => x.clamp(0.0.Rooted(), 1.0.Rooted()).mul(intensity.MaximumProbability.Rooted()),
        SigmoidCode sigmoid => (inputScale is null ? x : x * inputScale).sigmoid().mul(sigmoid.MaximumProbability.Rooted()),
        _ => throw new NotSupportedException($"{code.GetType().Name} has no probabilities."),
    };

    /// <summary>The input of every time step in evaluation, [batch, input], from the probabilities of a Poisson code.</summary>
    public static Tensor Encode(this EvaluationCode code, Tensor probabilities) => code switch
    {
        ExpectedCode => probabilities,
        DeterministicCode deterministic => Largest(probabilities, deterministic.Fraction, deterministic.MinimumProbability),
        _ => throw new NotSupportedException($"{code.GetType().Name} is not the same in every step."),
    };

    /// <summary>What a sequence shows, [time, batch, input].</summary>
    /// <param name="code">The code of a single step.</param>
    /// <param name="x">The standardised features, [batch, time, input].</param>
    /// <param name="noise">Makes the noise.</param>
    /// <param name="random">Its source.</param>
    private static Tensor Steps(SpikeCode code, Tensor x, CounterNoise noise, CounterRandom random)
    {
        Tensor steps = x.transpose(0, 1).contiguous();
        switch (code)
        {
            case DirectCode direct:
                return Direct(direct, steps);
            case TopKCode top:
                return Largest(steps.flatten(0, 1), top.Fraction, top.MinimumIntensity).view(steps.shape);
            default:
                Tensor scaled = code.InitialInputScale is { } scale ? steps.mul(((double)(float)scale).Rooted()) : steps;
                return noise.Spikes(Limits(code.Probability(scaled, inputScale: null)), steps: 1, random).squeeze(0);
        }
    }

    private static Tensor Direct(DirectCode code, Tensor x) => x.clamp(0.0.Rooted(), 1.0.Rooted()).mul(code.Gain.Rooted());

    private static Tensor Latency(LatencyCode code, Tensor x, int steps)
    {
        Tensor latency = x.clamp(0.0.Rooted(), 1.0.Rooted()).neg().add(1.0.Rooted(), RootedScalars.One).mul(((double)(steps - 1)).Rooted()).round();
        Tensor after = ones([steps, 1, 1], float32, x.device).cumsum(0);   // 1, 2, …: made there, not copied
        return (latency.add(1.0.Rooted(), RootedScalars.One).eq(after) & x.gt(code.MinimumIntensity.Rooted())).to_type(float32);
    }

    private static Tensor Delta(DeltaCode code, Tensor x, long inputs)
    {
        Tensor sequence = x.view(x.shape[0], -1, inputs), last = sequence.select(1, 0).clone();
        Tensor spikes = zeros([sequence.shape[1], x.shape[0], inputs, 2], float32, x.device);
        for (long step = 0; step < spikes.shape[0]; step++)
        {
            using var scope = NewDisposeScope();
            Tensor now = sequence.select(1, step), change = now - last;
            Tensor spike = change.abs().ge(((double)(float)code.Threshold).Rooted()), rise = change.gt(0.0.Rooted());
            spikes[step].copy_(stack([spike & rise, spike & rise.logical_not()], dim: 2));
            last.copy_(where(spike, now, last));
        }
        return spikes.flatten(2);
    }

    private static Tensor Largest(Tensor values, double fraction, double minimum)
    {
        // A stable sort, so that of equals the first come first.
        var (_, order) = sort(values, dim: 1, descending: true, stable: true);
        Tensor first = order.narrow(1, 0, LargestInputs.Count(fraction, (int)values.shape[1]));
        Tensor chosen = zeros_like(values).scatter_(1, first, ones_like(first, dtype: float32));
        return chosen * values.gt(minimum.Rooted());
    }
}
