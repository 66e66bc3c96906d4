using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>Eight samples at once: AVX2.</summary>
internal readonly unsafe struct Width256 : IFloatLanes<Vector256<float>>, IDrawLanes<Vector256<ulong>>
{
    // Properties, not fields: constants only where the compiler sees them, and it looks into one as long as these only when told to.
    private static Vector256<int> Lanes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.Create(1, 2, 4, 8, 16, 32, 64, 128);
    }

    private static Vector256<byte> ByteOfLane
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.Create(0UL, 0x0101010101010101, 0x0202020202020202, 0x0303030303030303).AsByte();
    }

    private static Vector256<byte> BitOfLane
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.Create(0x8040201008040201UL).AsByte();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Spread(float value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(float* values) => Vector256.Load(values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(short* values) => Vector256.ConvertToSingle(Avx2.ConvertToVector256Int32(values));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<float> values, float* target) => values.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Add(Vector256<float> a, Vector256<float> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Multiply(Vector256<float> a, Vector256<float> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Leak(Vector256<float> decay, Vector256<float> state, Vector256<float> input) => decay * state + input;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> AtLeast(Vector256<float> a, Vector256<float> b) => Vector256.GreaterThanOrEqual(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Select(Vector256<float> mask, Vector256<float> one, Vector256<float> other) => Avx.BlendVariable(other, one, mask);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Bits(Vector256<float> mask) => mask.ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> AddWhere(uint bits, Vector256<float> sum, Vector256<float> value)
        => sum + (value & Vector256.Equals(Vector256.Create((int)bits) & Lanes, Lanes).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Count(ulong bits, sbyte sign, sbyte* counts)
    {
        // Bit b to byte b: every byte of the mask lies in its lane's half, then each lane looks at its own bit.
        Vector256<byte> spread = Avx2.Shuffle(Vector256.Create((uint)bits).AsByte(), ByteOfLane) & BitOfLane;
        (Vector256.Load(counts) + (Vector256.Equals(spread, BitOfLane).AsSByte() & Vector256.Create(sign))).Store(counts);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Load(ulong* values) => Vector256.Load(values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Add(Vector256<ulong> a, Vector256<ulong> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Xor(Vector256<ulong> a, Vector256<ulong> b) => a ^ b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> ShiftLeft(Vector256<ulong> values, int bits) => values << bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> RotateLeft(Vector256<ulong> values, int bits) => values << bits | values >>> (64 - bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> SetBelow(Vector256<ulong> words, ushort bit, Vector256<ulong> draws, ushort* thresholds)
    {
        Vector256<ushort> below = Vector256.LessThan(Vector256.Min(draws.AsUInt16(), Vector256.Create((ushort)65534)), Vector256.Load(thresholds));
        return words | (below & Vector256.Create(bit)).AsUInt64();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<ulong> values, ushort* target) => values.AsUInt16().Store(target);
}
