namespace Microsoft.ML.Spiking.Samples.Mnist.Tests;

/// <summary>Gives a thousand bytes, then breaks as a lost connection does.</summary>
internal sealed class BrokenStream : MemoryStream
{
    private int left = 1_000;

    public override int Read(Span<byte> buffer)
    {
        if (left == 0)
            throw new IOException("connection reset");

        int count = Math.Min(left, buffer.Length);
        left -= count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[bufferSize];
        while (Read(buffer) is var count)
            await destination.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
    }
}
