namespace Microsoft.ML.Spiking.Competition;

/// <summary>For which class each neuron speaks while a layer learns, and so whether a spike of it is right (<see cref="RewardModulation"/>).</summary>
/// <param name="neurons">Neurons of the layer.</param>
/// <param name="classes">Number of classes.</param>
internal sealed class RewardJudge(int neurons, int classes)
{
    private readonly int[] _spikes = new int[neurons * classes];

    /// <summary>The class that a neuron has fired most for, the first of several; -1 of one that has not fired in a row with a label.</summary>
    public int ClassOf(int neuron)
    {
        ReadOnlySpan<int> own = Of(neuron);
        int most = 0;
        for (int c = 1; c < own.Length; c++)
            if (own[c] > own[most]) most = c;
        return own[most] > 0 ? most : -1;
    }

    /// <summary>A neuron has fired in a row of a class.</summary>
    /// <returns>Whether it spoke for another class until now.</returns>
    public bool Errs(int neuron, int label)
    {
        int its = ClassOf(neuron);
        Of(neuron)[label]++;
        return its >= 0 && its != label;
    }

    private Span<int> Of(int neuron) => _spikes.AsSpan(neuron * classes, classes);
}
