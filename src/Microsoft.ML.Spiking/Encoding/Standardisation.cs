namespace Microsoft.ML.Spiking;

/// <summary>x ← (x - Offset) / Unit, the same for every input.</summary>
/// <param name="Offset">Taken off every feature.</param>
/// <param name="Unit">What is left is divided by this; greater than 0.</param>
public readonly record struct Standardisation(float Offset, float Unit)
{
    /// <summary>Features as parts of the largest one of the training data.</summary>
    internal static Standardisation ByMaximum(FeatureStatistics measured) => new(0, measured.Maximum > 0 ? (float)measured.Maximum : 1);

    internal float Apply(float x) => (x - Offset) / Unit;
}
