using System.Buffers;
using System.Threading.RateLimiting;

namespace Microsoft.ML.Spiking.Samples.Web;

/// <summary>A file in memory, as far as it has come: in pieces that were granted one by one, and are used again by the next.</summary>
internal sealed class HeldImage : IDisposable
{
    public const int Piece = 64 << 10;

    private readonly List<(byte[] Bytes, RateLimitLease Grant)> _pieces = [];

    /// <summary>Bytes that have come.</summary>
    public int Length { get; set; }

    /// <summary>Where the next ones go; empty where another piece is needed.</summary>
    public Memory<byte> Free => Length < _pieces.Count * Piece ? _pieces[^1].Bytes.AsMemory(Length % Piece, Piece - Length % Piece) : default;

    public void Grow(RateLimitLease grant) => _pieces.Add((ArrayPool<byte>.Shared.Rent(Piece), grant));

    /// <summary>The whole file.</summary>
    public byte[] ToArray()
    {
        byte[] file = new byte[Length];
        for (int i = 0; i < _pieces.Count; i++) _pieces[i].Bytes.AsSpan(0, Math.Min(Piece, Length - i * Piece)).CopyTo(file.AsSpan(i * Piece));
        return file;
    }

    public void Dispose()
    {
        foreach ((byte[] bytes, RateLimitLease grant) in _pieces)
        {
            ArrayPool<byte>.Shared.Return(bytes);
            grant.Dispose();
        }
        _pieces.Clear();
    }
}
