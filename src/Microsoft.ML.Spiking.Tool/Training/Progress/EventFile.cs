using System.Buffers.Binary;
using System.Numerics;
using Google.Protobuf;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>TensorBoard's event file: records of TensorFlow's TFRecord, each an Event in protocol buffers, of which scalars are written.</summary>
internal sealed class EventFile : IDisposable
{
    // Field numbers of event.proto and summary.proto.
    private const int WallTime = 1, Step = 2, Version = 3, Summary = 5, Value = 1, Tag = 1, SimpleValue = 2;

    private readonly FileStream _stream;

    /// <param name="folder">Where it comes to lie; made where it is not there.</param>
    public EventFile(string folder)
    {
        Directory.CreateDirectory(folder);
        _stream = File.Create(Path.Combine(folder,
            $"events.out.tfevents.{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}.{Environment.MachineName}.{Environment.ProcessId}"));
        Write(step: 0, output => Put(output, Version, "brain.Event:2"));
        _stream.Flush();
    }

    /// <summary>Adds a point to a curve.</summary>
    public void Add(string curve, float value, long step) => Write(step, output => Put(output, Summary, summary => Put(summary, Value, point =>
    {
        Put(point, Tag, curve);
        point.WriteTag(SimpleValue, WireFormat.WireType.Fixed32);
        point.WriteFloat(value);
    })));

    /// <summary>Lets readers have what was added.</summary>
    public void Flush() => _stream.Flush();

    public void Dispose() => _stream.Dispose();

    private void Write(long step, Action<CodedOutputStream> content)
    {
        byte[] record = Message(output =>
        {
            output.WriteTag(WallTime, WireFormat.WireType.Fixed64);
            output.WriteDouble(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0);
            output.WriteTag(Step, WireFormat.WireType.Varint);
            output.WriteInt64(step);
            content(output);
        });
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)record.Length);
        _stream.Write(length);
        WriteChecksum(length);
        _stream.Write(record);
        WriteChecksum(record);
    }

    /// <summary>CRC-32C, rotated and shifted as TFRecord has it.</summary>
    private void WriteChecksum(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes) crc = BitOperations.Crc32C(crc, b);
        Span<byte> masked = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(masked, BitOperations.RotateRight(~crc, 15) + 0xA282EAD8);
        _stream.Write(masked);
    }

    private static void Put(CodedOutputStream output, int field, string text)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteString(text);
    }

    private static void Put(CodedOutputStream output, int field, Action<CodedOutputStream> message)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(Message(message)));
    }

    private static byte[] Message(Action<CodedOutputStream> content)
    {
        using var bytes = new MemoryStream();
        using (var output = new CodedOutputStream(bytes, leaveOpen: true)) content(output);
        return bytes.ToArray();
    }
}
