using System.Threading.RateLimiting;

namespace Microsoft.ML.Spiking.Samples.Web;

/// <summary>Reads the files that requests bring, and holds no more of all of them together than it may.</summary>
/// <remarks>A request is charged for what it has sent and not for what it announces: nobody is kept out by those who announce much and send nothing.</remarks>
/// <param name="limit">Bytes of all requests together.</param>
internal sealed class ImageMemory(int limit) : IDisposable
{
    private readonly ConcurrencyLimiter _pieces = new(new ConcurrencyLimiterOptions { PermitLimit = limit / HeldImage.Piece, QueueLimit = 0 });

    /// <summary>The file, which whoever asked for it gives back when done.</summary>
    /// <exception cref="RequestFault">All requests together hold too much already.</exception>
    public async Task<HeldImage> ReadAsync(Stream body, CancellationToken cancel)
    {
        var image = new HeldImage();
        try
        {
            while (true)
            {
                if (image.Free.IsEmpty) image.Grow(Grant());
                int read = await body.ReadAsync(image.Free, cancel);
                if (read == 0) return image;
                image.Length += read;
            }
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    public void Dispose() => _pieces.Dispose();

    private RateLimitLease Grant() => _pieces.AttemptAcquire() is { IsAcquired: true } grant ? grant : throw RequestFault.Busy();
}
