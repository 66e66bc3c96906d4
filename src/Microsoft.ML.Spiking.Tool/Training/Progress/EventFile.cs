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
        // Without a buffer: readers have a record as soon as it is written, and nothing is left to fail when it is closed.
        _stream = new FileStream(Path.Combine(folder,
            $"events.out.tfevents.{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}.{Environment.MachineName}.{Environment.ProcessId}"),
            FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        try
        {
            Write(step: 0, output => Put(output, Version, "brain.Event:2"));
        }
        catch
        {
            _stream.Dispose();
            throw;
        }
    }

    /// <summary>Adds a point to a curve.</summary>
    public void Add(string curve, float value, long step) => Write(step, output => Put(output, Summary, summary => Put(summary, Value, point =>
    {
        Put(point, Tag, curve);
        point.WriteTag(SimpleValue, WireFormat.WireType.Fixed32);
        point.WriteFloat(value);
    })));

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
        // length, its checksum, the record, its checksum
        byte[] bytes = new byte[sizeof(ulong) + sizeof(uint) + record.Length + sizeof(uint)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)record.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(sizeof(ulong)), Checksum(bytes.AsSpan(0, sizeof(ulong))));
        record.CopyTo(bytes, sizeof(ulong) + sizeof(uint));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(bytes.Length - sizeof(uint)), Checksum(record));
        Append(bytes);
    }

    /// <summary>Adds all of a record, or nothing of it.</summary>
    private void Append(byte[] bytes)
    {
        long end = _stream.Position;
        try
        {
            _stream.Write(bytes);
        }
        catch
        {
            _stream.SetLength(end);
            throw;
        }
    }

    /// <summary>CRC-32C, rotated and shifted as TFRecord has it.</summary>
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes) crc = BitOperations.Crc32C(crc, b);
        return BitOperations.RotateRight(~crc, 15) + 0xA282EAD8;
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
