namespace Microsoft.ML.Spiking.Hdf;

/// <summary>A message of an object's header: what the object is, part by part.</summary>
internal readonly record struct HdfMessage(HdfMessageKind Kind, bool IsShared, byte[] Data)
{
    /// <summary>Its data, which must be here and not elsewhere in the file.</summary>
    public HdfCursor Cursor()
        => IsShared ? throw new InvalidDataException($"its {Kind} is shared with other objects, which is not read here. Write the file without named types.")
            : new HdfCursor(Data);
}
