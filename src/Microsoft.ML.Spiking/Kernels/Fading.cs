namespace Microsoft.ML.Spiking.Kernels;

/// <summary>
/// What a spike counts where the readout forgets: ρⁿ, n being the time steps that follow it in its window and
/// ρ = exp(-1 / <see cref="Readout.TimeConstant"/>).
/// </summary>
internal sealed class Fading
{
    private readonly float[] _weights;   // .., ρ², ρ, 1
    private readonly float[] _totals;

    private Fading(double timeConstant, int steps)
    {
        Decay = (float)Math.Exp(-1 / timeConstant);
        (_weights, _totals) = (new float[steps], new float[steps + 1]);
        double weight = 1, total = 0;
        _totals[0] = 1;
        for (int n = 0; n < steps; n++, weight *= Decay)
        {
            total += weight;
            (_weights[steps - 1 - n], _totals[n + 1]) = ((float)weight, (float)total);
        }
    }

    /// <summary>ρ, what a time step leaves of what a spike counts.</summary>
    public float Decay { get; }

    /// <returns>Null where there is no time constant, and every spike counts alike.</returns>
    /// <param name="timeConstant">In time steps.</param>
    /// <param name="steps">Time steps of a window, at most.</param>
    public static Fading? Of(double? timeConstant, int steps) => timeConstant is { } time ? new Fading(time, steps) : null;

    /// <summary>What a spike counts in each of the steps of a window of so many.</summary>
    public ReadOnlySpan<float> Weights(int steps) => _weights.AsSpan(_weights.Length - steps);

    /// <summary>What so many steps leave of what has come before them.</summary>
    public float Left(int steps) => (float)Math.Pow(Decay, steps);

    /// <summary>Their sum, what a neuron comes to that fires in every step; 1 of a window without steps.</summary>
    public float Total(int steps) => _totals[steps];
}
