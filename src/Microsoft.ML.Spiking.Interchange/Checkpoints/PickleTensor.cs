using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Microsoft.ML.Spiking.Checkpoints;

/// <summary>A tensor to be written.</summary>
/// <param name="Type">The type of its numbers.</param>
/// <param name="Shape">Its shape; of a single number none.</param>
/// <param name="Numbers">Its numbers, row-major.</param>
internal sealed record PickleTensor(TorchType Type, int[] Shape, byte[] Numbers)
{
    /// <summary>Float32 numbers.</summary>
    public static PickleTensor Of(int[] shape, ReadOnlySpan<float> numbers) => new(TorchType.Float, shape, MemoryMarshal.AsBytes(numbers).ToArray());

    /// <summary>One float32.</summary>
    public static PickleTensor Of(float number) => Of([], [number]);

    /// <summary>Float64 numbers, as a program measures them.</summary>
    public static PickleTensor Of(double[] numbers) => new(TorchType.Double, [numbers.Length], MemoryMarshal.AsBytes(numbers.AsSpan()).ToArray());

    /// <summary>One float64.</summary>
    public static PickleTensor Of(double number) => Of([number]) with { Shape = [] };

    /// <summary>One whole number.</summary>
    public static PickleTensor Of(long number)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        return new(TorchType.Long, [], bytes);
    }
}
