using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>Sixteen samples at once: AVX-512BW.</summary>
internal readonly unsafe struct Width512 : IFloatLanes<Vector512<float>>, IDrawLanes<Vector512<ulong>>
{
    // Properties, not fields: constants only where the compiler sees them, and it looks into one as long as these only when told to.
    private static Vector512<int> Lanes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768);
    }

    private static Vector512<byte> ByteOfLane
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
        0UL, 0x0101010101010101, 0x0202020202020202, 0x0303030303030303,
        0x0404040404040404, 0x0505050505050505, 0x0606060606060606, 0x0707070707070707).AsByte();
    }

    private static Vector512<byte> BitOfLane
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(0x8040201008040201UL).AsByte();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Spread(float value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(float* values) => Vector512.Load(values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(short* values) => Avx512F.ConvertToVector512Single(Avx512F.ConvertToVector512Int32(Vector256.Load(values)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> values, float* target) => values.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Add(Vector512<float> a, Vector512<float> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Multiply(Vector512<float> a, Vector512<float> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Leak(Vector512<float> decay, Vector512<float> state, Vector512<float> input) => decay * state + input;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> AtLeast(Vector512<float> a, Vector512<float> b) => Vector512.GreaterThanOrEqual(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Select(Vector512<float> mask, Vector512<float> one, Vector512<float> other) => Vector512.ConditionalSelect(mask, one, other);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Bits(Vector512<float> mask) => mask.ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> AddWhere(uint bits, Vector512<float> sum, Vector512<float> value)
        => Vector512.ConditionalSelect(Vector512.Equals(Vector512.Create((int)bits) & Lanes, Lanes).AsSingle(), sum + value, sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Count(ulong bits, sbyte sign, sbyte* counts)
    {
        // Bit b to byte b: every byte of the mask lies in its lane's quarter, then each lane looks at its own bit.
        Vector512<byte> spread = Avx512BW.Shuffle(Vector512.Create(bits).AsByte(), ByteOfLane) & BitOfLane;
        (Vector512.Load(counts) + (Vector512.Equals(spread, BitOfLane).AsSByte() & Vector512.Create(sign))).Store(counts);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Load(ulong* values) => Vector512.Load(values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Add(Vector512<ulong> a, Vector512<ulong> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Xor(Vector512<ulong> a, Vector512<ulong> b) => a ^ b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> ShiftLeft(Vector512<ulong> values, int bits) => values << bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> RotateLeft(Vector512<ulong> values, int bits) => values << bits | values >>> (64 - bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> SetBelow(Vector512<ulong> words, ushort bit, Vector512<ulong> draws, ushort* thresholds)
    {
        Vector512<ushort> below = Vector512.LessThan(Vector512.Min(draws.AsUInt16(), Vector512.Create((ushort)65534)), Vector512.Load(thresholds));
        return words | (below & Vector512.Create(bit)).AsUInt64();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<ulong> values, ushort* target) => values.AsUInt16().Store(target);
}
