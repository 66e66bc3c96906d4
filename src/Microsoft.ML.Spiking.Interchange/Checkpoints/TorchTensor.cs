namespace Microsoft.ML.Spiking.Checkpoints;

/// <summary>A view of a storage, which lies within it and shows no number twice.</summary>
/// <param name="Storage">Its numbers, and perhaps others.</param>
/// <param name="Offset">The first of its numbers.</param>
/// <param name="Shape">Its shape, outermost first.</param>
/// <param name="Strides">From one number to the next, along each dimension.</param>
internal sealed record TorchTensor(TorchStorage Storage, long Offset, long[] Shape, long[] Strides)
{
    private const int MostDimensions = 8;

    /// <summary>Numbers that it has.</summary>
    public long Count
    {
        get
        {
            long count = 1;
            foreach (long d in Shape) count *= d;
            return count;
        }
    }

    /// <summary>Its shape in a sentence.</summary>
    public string Said => $"{Storage.Type} [{string.Join(", ", Shape)}]";

    /// <summary>A tensor whose sizes have been looked at.</summary>
    /// <exception cref="InvalidDataException">It does not lie within its storage, or is larger.</exception>
    public static TorchTensor Of(TorchStorage storage, long offset, long[] shape, long[] strides)
    {
        if (shape.Length != strides.Length || shape.Length > MostDimensions)
            throw new InvalidDataException($"a tensor has {shape.Length} dimensions and {strides.Length} strides, but may have {MostDimensions} of each.");
        Int128 count = 1, last = offset;
        for (int i = 0; i < shape.Length; i++)
        {
            // A product of eight such numbers, as far as it goes, holds in 128 bits: a dimension that is too large ends it.
            if (shape[i] < 0 || strides[i] < 0 || shape[i] > Math.Max(storage.Count, 1) && count > 0) throw Lies(storage, shape);
            count *= shape[i];
            if (count > storage.Count) throw Lies(storage, shape);
            last += (Int128)(shape[i] - 1) * strides[i];
        }
        return offset >= 0 && (count == 0 || last < storage.Count) ? new(storage, offset, shape, strides) : throw Lies(storage, shape);
    }

    private static InvalidDataException Lies(TorchStorage storage, long[] shape)
        => new($"a tensor of shape [{string.Join(", ", shape)}] does not lie within the {storage.Count} numbers of its storage '{storage.Key}'.");
}
