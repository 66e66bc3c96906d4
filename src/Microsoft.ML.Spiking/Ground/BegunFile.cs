namespace Microsoft.ML.Spiking.Ground;

/// <summary>A new file that is being written. All that the system refuses is an <see cref="IOException"/>.</summary>
/// <remarks>.NET takes a file that the file system, a quota or a limit lets grow no more for an argument out of its range.</remarks>
internal sealed class BegunFile(string path) : FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None)
{
    public override void Write(byte[] buffer, int offset, int count)
    {
        try
        {
            base.Write(buffer, offset, count);
        }
        catch (ArgumentOutOfRangeException refusal)
        {
            throw TooLarge(refusal);
        }
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            base.Write(buffer);
        }
        catch (ArgumentOutOfRangeException refusal)
        {
            throw TooLarge(refusal);
        }
    }

    public override void WriteByte(byte value) => Write([value]);

    public override void Flush(bool flushToDisk)
    {
        try
        {
            base.Flush(flushToDisk);
        }
        catch (ArgumentOutOfRangeException refusal)
        {
            throw TooLarge(refusal);
        }
    }

    protected override void Dispose(bool disposing)
    {
        try
        {
            base.Dispose(disposing);
        }
        catch (ArgumentOutOfRangeException refusal)
        {
            throw TooLarge(refusal);
        }
    }

    private static IOException TooLarge(Exception refusal) => new("a file may not grow so large there.", refusal);
}
