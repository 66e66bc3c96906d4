namespace Microsoft.ML.Spiking.Aedat;

/// <summary>What a packet unpacks to: it grows as bytes come, whatever the packet said that there would be, and to an end.</summary>
/// <param name="most">Bytes that it may have.</param>
internal sealed class UnpackedBytes(int most)
{
    private const int LeastRoom = 1 << 12;

    private byte[] _bytes = [];

    /// <summary>Bytes that are there.</summary>
    public int Count { get; private set; }

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Count);

    /// <summary>Takes all away; the room stays.</summary>
    public void Clear() => Count = 0;

    /// <summary>All that is there, and room for more behind it.</summary>
    /// <param name="more">Bytes of room; fewer where the most would be passed.</param>
    public Span<byte> WithRoom(int more)
    {
        int wanted = (int)Math.Min(Count + (long)more, most);
        if (_bytes.Length < wanted) Array.Resize(ref _bytes, (int)Math.Min(Math.Max(Math.Max(wanted, LeastRoom), _bytes.Length * 2L), most));
        return _bytes.AsSpan(0, wanted);
    }

    /// <summary>So many are there now.</summary>
    /// <exception cref="InvalidDataException">There is no room for more.</exception>
    public void Reach(int count) => Count = count < most
        ? count
        : throw new InvalidDataException($"a packet unpacks to {most} bytes or more, which no recording's has.");
}
