using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>Four samples at once: SSE and NEON; and without vector instructions, one by one.</summary>
internal readonly unsafe struct Width128 : IFloatLanes<Vector128<float>>, IDrawLanes<Vector128<ulong>>
{
    // Properties, not fields: constants only where the compiler sees them, and it looks into one as long as these only when told to.
    private static Vector128<int> Lanes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.Create(1, 2, 4, 8);
    }

    private static Vector128<byte> ByteOfLane
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.Create(0UL, 0x0101010101010101).AsByte();
    }

    private static Vector128<byte> BitOfLane
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.Create(0x8040201008040201UL).AsByte();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Spread(float value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Load(float* values) => Vector128.Load(values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Load(short* values)
        => Vector128.ConvertToSingle(Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(ulong*)values).AsInt16()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<float> values, float* target) => values.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Add(Vector128<float> a, Vector128<float> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Multiply(Vector128<float> a, Vector128<float> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Leak(Vector128<float> decay, Vector128<float> state, Vector128<float> input) => decay * state + input;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> AtLeast(Vector128<float> a, Vector128<float> b) => Vector128.GreaterThanOrEqual(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Select(Vector128<float> mask, Vector128<float> one, Vector128<float> other) => Vector128.ConditionalSelect(mask, one, other);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Bits(Vector128<float> mask) => mask.ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> AddWhere(uint bits, Vector128<float> sum, Vector128<float> value)
        => sum + (value & Vector128.Equals(Vector128.Create((int)bits) & Lanes, Lanes).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Count(ulong bits, sbyte sign, sbyte* counts)
    {
        Vector128<byte> spread = Vector128.Shuffle(Vector128.CreateScalarUnsafe(bits).AsByte(), ByteOfLane) & BitOfLane;
        (Vector128.Load(counts) + (Vector128.Equals(spread, BitOfLane).AsSByte() & Vector128.Create(sign))).Store(counts);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> Load(ulong* values) => Vector128.Load(values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> Add(Vector128<ulong> a, Vector128<ulong> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> Xor(Vector128<ulong> a, Vector128<ulong> b) => a ^ b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> ShiftLeft(Vector128<ulong> values, int bits) => values << bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> RotateLeft(Vector128<ulong> values, int bits) => values << bits | values >>> (64 - bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> SetBelow(Vector128<ulong> words, ushort bit, Vector128<ulong> draws, ushort* thresholds)
    {
        Vector128<ushort> below = Vector128.LessThan(Vector128.Min(draws.AsUInt16(), Vector128.Create((ushort)65534)), Vector128.Load(thresholds));
        return words | (below & Vector128.Create(bit)).AsUInt64();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<ulong> values, ushort* target) => values.AsUInt16().Store(target);
}
