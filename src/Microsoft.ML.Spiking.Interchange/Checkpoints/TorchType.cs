using System.Buffers.Binary;

namespace Microsoft.ML.Spiking.Checkpoints;

/// <summary>A type of a tensor's numbers.</summary>
/// <param name="Storage">What PyTorch calls the storage of such numbers.</param>
/// <param name="Bytes">Bytes of a number.</param>
/// <param name="Read">Reads one; of a float64 and of whole numbers the nearest float32.</param>
internal sealed record TorchType(string Storage, int Bytes, TorchType.Reader Read)
{
    internal delegate float Reader(ReadOnlySpan<byte> bytes);

    public static TorchType Float { get; } = new("torch.FloatStorage", 4, BinaryPrimitives.ReadSingleLittleEndian);

    public static TorchType Double { get; } = new("torch.DoubleStorage", 8, bytes => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes));

    public static TorchType Long { get; } = new("torch.LongStorage", 8, bytes => BinaryPrimitives.ReadInt64LittleEndian(bytes));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<TorchType> All { get; } =
    [
        Float, Double, Long,
        new("torch.HalfStorage", 2, bytes => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes)),
        // The upper half of a float32.
        new("torch.BFloat16Storage", 2, bytes => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16)),
        new("torch.IntStorage", 4, bytes => BinaryPrimitives.ReadInt32LittleEndian(bytes)),
        new("torch.ShortStorage", 2, bytes => BinaryPrimitives.ReadInt16LittleEndian(bytes)),
        new("torch.CharStorage", 1, bytes => (sbyte)bytes[0]),
        new("torch.ByteStorage", 1, bytes => bytes[0]),
        new("torch.BoolStorage", 1, bytes => bytes[0] == 0 ? 0 : 1),
    ];

    public override string ToString() => Storage["torch.".Length..^"Storage".Length];
}
