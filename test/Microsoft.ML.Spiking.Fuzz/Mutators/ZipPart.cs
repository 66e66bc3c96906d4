namespace Microsoft.ML.Spiking.Fuzz.Mutators;

/// <summary>An entry of a zip.</summary>
internal sealed record ZipPart(string Name, byte[] Bytes);
