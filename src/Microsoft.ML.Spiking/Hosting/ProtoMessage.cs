using System.Text;

namespace Microsoft.ML.Spiking.Hosting;

/// <summary>A message of protocol buffers, member by member, as it is written.</summary>
internal sealed class ProtoMessage
{
    private const int Varint = 0, Delimited = 2;

    private readonly List<byte> _bytes = [];

    /// <summary>Adds a number.</summary>
    public ProtoMessage Add(int member, long value)
    {
        Write(member, Varint);
        Write((ulong)value);
        return this;
    }

    /// <summary>Adds a text.</summary>
    public ProtoMessage Add(int member, string value) => Add(member, Encoding.UTF8.GetBytes(value));

    /// <summary>Adds texts.</summary>
    public ProtoMessage Add(int member, IEnumerable<string> values) => values.Aggregate(this, (message, value) => message.Add(member, value));

    /// <summary>Adds a message.</summary>
    public ProtoMessage Add(int member, ProtoMessage value) => Add(member, value.ToArray());

    /// <summary>What was added so far.</summary>
    public byte[] ToArray() => [.. _bytes];

    private ProtoMessage Add(int member, byte[] value)
    {
        Write(member, Delimited);
        Write((ulong)value.Length);
        _bytes.AddRange(value);
        return this;
    }

    private void Write(int member, int kind) => Write((ulong)(member << 3 | kind));

    // Seven bits a byte, the lowest first; the eighth says that more follow.
    private void Write(ulong value)
    {
        for (; value > 0x7F; value >>= 7) _bytes.Add((byte)(value | 0x80));
        _bytes.Add((byte)value);
    }
}
