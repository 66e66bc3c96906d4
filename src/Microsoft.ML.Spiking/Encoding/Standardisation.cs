namespace Microsoft.ML.Spiking;

/// <summary>x ← (x - Offset) / Unit, the same for every input.</summary>
/// <param name="Offset">Taken off every feature.</param>
/// <param name="Unit">What is left is divided by this; greater than 0.</param>
public readonly record struct Standardisation(float Offset, float Unit)
{
    internal float Apply(float x) => (x - Offset) / Unit;
}
