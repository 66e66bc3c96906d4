namespace Microsoft.ML.Spiking.Ground;

/// <summary>A part of what a network takes in memory.</summary>
/// <param name="Name">What it is, within a sentence.</param>
/// <param name="Numbers">Its numbers, float32, in one array.</param>
/// <param name="Copies">How many such arrays there are.</param>
/// <param name="Smaller">What to make smaller, where it is too large.</param>
internal sealed record MemoryPart(string Name, double Numbers, int Copies, string Smaller)
{
    public double Bytes => Numbers * Copies * sizeof(float);
}
