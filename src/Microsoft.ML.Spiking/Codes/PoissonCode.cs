using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>Rate code: in each time step each input spikes with a probability of its own, independently of all else (Poisson, strictly Bernoulli).</summary>
public abstract record PoissonCode : SpikeCode
{
    private protected PoissonCode() { }

    /// <summary>Largest probability of a spike in a time step.</summary>
    public abstract double MaximumProbability { get; init; }

    internal override bool IsNoisy => true;

    /// <summary>Probability of a spike in a time step, for a standardised feature.</summary>
    internal abstract float Probability(float x, float inputScale);

    /// <summary>∂probability/∂inputScale, for a standardised feature; 0 where the code has no scale.</summary>
    internal virtual float Slope(float x, float inputScale) => 0;

    /// <summary>Turns standardised features into probabilities, in place.</summary>
    internal virtual void Probabilities(Span<float> x, ReadOnlySpan<float> inputScale)
    {
        for (int i = 0; i < x.Length; i++) x[i] = Probability(x[i], inputScale.IsEmpty ? 1 : inputScale[i]);
    }

    internal override void Encode(Span<float> x, ReadOnlySpan<float> inputScale, CounterRandom noise, Stimulus stimulus)
    {
        Probabilities(x, inputScale);
        PoissonSampler.Draw(x, noise, stimulus.Fire());
    }

    internal override void Expect(Span<float> x, ReadOnlySpan<float> inputScale, Stimulus stimulus)
    {
        Probabilities(x, inputScale);
        stimulus.Hold(x);
    }

    internal override void EncodeStep(Span<float> x, CounterRandom noise, SpikeTrain train)
    {
        for (int i = 0; i < x.Length; i++)
            if (noise.Uniform((ulong)i) < StepProbability(x[i])) train.Add(i);
    }

    /// <summary>Adds what <see cref="EncodeStep"/> adds on average, to a graded train.</summary>
    internal void ExpectStep(Span<float> x, SpikeTrain train)
    {
        for (int i = 0; i < x.Length; i++)
            if (StepProbability(x[i]) is not 0 and var probability) train.Add(i, probability);
    }

    private float StepProbability(float x) => Probability(x, (float)(InitialInputScale ?? 1));

    internal override void Check(string name) => Require.Fraction(MaximumProbability, $"{name}.MaximumProbability");
}
