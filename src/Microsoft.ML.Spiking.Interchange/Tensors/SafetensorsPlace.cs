namespace Microsoft.ML.Spiking.Tensors;

/// <summary>What the header of a safetensors file says of one tensor.</summary>
/// <param name="Type">The type of its numbers, as the format calls it: "F32".</param>
/// <param name="Shape">Its shape, outermost first.</param>
/// <param name="Begin">Its first byte, counted from the end of the header.</param>
/// <param name="End">The byte behind its last one.</param>
internal sealed record SafetensorsPlace(string Type, long[] Shape, long Begin, long End)
{
    /// <summary>Bytes that it takes.</summary>
    public long Bytes => End - Begin;
}
