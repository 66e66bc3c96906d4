using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>The loops of <see cref="MemoryTables"/>.</summary>
internal static unsafe class MemoryTableKernel
{
    /// <summary>Inputs whose tables are at hand together: 28 KB, which a first cache holds beside what streams by.</summary>
    public const int ChunkInputs = Tables * Inputs;

    /// <summary>Numbers that the tables of a chunk take.</summary>
    public const int TablesLength = Tables * Table;

    /// <summary>Tables of a chunk, inputs of a table, and its numbers.</summary>
    private const int Tables = 7, Inputs = 7, Table = (1 << Inputs) * Lanes.Word;

    /// <summary>Bits of a place, which counts quarters of rows: 8 bytes, as far as an address can be scaled.</summary>
    private const int Place = Inputs + 2, Quarter = Lanes.Word / 4;

    /// <summary>Which rows of a chunk's tables each sample takes: seven places of 9 bits.</summary>
    /// <param name="spikes">Of a block, [step, word, sample].</param>
    /// <param name="words">Words of a step.</param>
    /// <param name="first">The chunk's first input.</param>
    /// <param name="steps">Time steps.</param>
    /// <param name="places">Receives [step, sample].</param>
    public static void Find(ushort* spikes, int words, int first, int steps, ulong* places)
    {
        const int Reach = (PackedSpikes.WordInputs - 1 + ChunkInputs + PackedSpikes.WordInputs - 1) / PackedSpikes.WordInputs;
        int word = first / PackedSpikes.WordInputs, end = Math.Min(Reach, words - word);
        spikes += word * PackedSpikes.Lanes;
        for (int step = 0; step < steps; step++, spikes += words * PackedSpikes.Lanes)
        {
            for (int sample = 0; sample < PackedSpikes.Lanes; sample++)
            {
                ulong bits = 0;
                for (int i = 0; i < end; i++) bits |= (ulong)spikes[i * PackedSpikes.Lanes + sample] << i * PackedSpikes.WordInputs;
                bits >>= first % PackedSpikes.WordInputs;
                ulong seven = 0;
                for (int table = 0; table < Tables; table++, bits >>= Inputs) seven |= (bits & (1 << Inputs) - 1) << table * Place + 2;
                *places++ = seven;
            }
        }
    }

    /// <summary>table[g, s, n] = Σ over the bits j of s of weight[7 · g + j, n].</summary>
    /// <param name="weights">Of a chunk, [input, neuron].</param>
    /// <param name="inputs">Inputs that there are. Of the tables beyond, the first row alone is made, and looked up.</param>
    /// <param name="tables">Receives [table, row, neuron].</param>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Build(short* weights, int inputs, short* tables)
    {
        for (int first = 0; first < ChunkInputs; first += Inputs, tables += Table)
        {
            new Span<short>(tables, Lanes.Word).Clear();
            for (int bit = 0; bit < Math.Min(Inputs, inputs - first); bit++, weights += Lanes.Word)
            {
                Vector128<short> low = Vector128.Load(weights), high = Vector128.Load(weights + 8);
                int half = Lanes.Word << bit;
                for (short* sum = tables; sum < tables + half; sum += Lanes.Word)
                {
                    (Vector128.Load(sum) + low).Store(sum + half);
                    (Vector128.Load(sum + 8) + high).Store(sum + half + 8);
                }
            }
        }
    }

    /// <summary>Adds a chunk of inputs to the currents, [sample, neuron].</summary>
    /// <remarks>Loads are what the loop is made of, two a cycle: so the places of seven rows come in one.</remarks>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Add256(short* tables, ulong* places, int samples, short* currents)
    {
        for (ulong* end = places + samples; places < end; places++, currents += Lanes.Word)
        {
            ulong seven = *places;
            Vector256<short> sum = Vector256.Load(currents);
            sum += Vector256.Load(Row(tables, seven, 0));
            sum += Vector256.Load(Row(tables, seven, 1));
            sum += Vector256.Load(Row(tables, seven, 2));
            sum += Vector256.Load(Row(tables, seven, 3));
            sum += Vector256.Load(Row(tables, seven, 4));
            sum += Vector256.Load(Row(tables, seven, 5));
            sum += Vector256.Load(Row(tables, seven, 6));
            sum.Store(currents);
        }
    }

    /// <summary><see cref="Add256"/> with registers half as wide, two for a row.</summary>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Add128(short* tables, ulong* places, int samples, short* currents)
    {
        for (ulong* end = places + samples; places < end; places++, currents += Lanes.Word)
        {
            ulong seven = *places;
            short* r0 = Row(tables, seven, 0), r1 = Row(tables, seven, 1), r2 = Row(tables, seven, 2), r3 = Row(tables, seven, 3);
            short* r4 = Row(tables, seven, 4), r5 = Row(tables, seven, 5), r6 = Row(tables, seven, 6);
            Vector128<short> low = Vector128.Load(currents), high = Vector128.Load(currents + 8);
            low += Vector128.Load(r0);
            high += Vector128.Load(r0 + 8);
            low += Vector128.Load(r1);
            high += Vector128.Load(r1 + 8);
            low += Vector128.Load(r2);
            high += Vector128.Load(r2 + 8);
            low += Vector128.Load(r3);
            high += Vector128.Load(r3 + 8);
            low += Vector128.Load(r4);
            high += Vector128.Load(r4 + 8);
            low += Vector128.Load(r5);
            high += Vector128.Load(r5 + 8);
            low += Vector128.Load(r6);
            high += Vector128.Load(r6 + 8);
            low.Store(currents);
            high.Store(currents + 8);
        }
    }

    /// <summary>Turns each step's currents from [sample, neuron] to [neuron, sample], where they lie.</summary>
    public static void LaneBySample(short* currents, int steps)
    {
        short* turned = stackalloc short[Lanes.Word * PackedSpikes.Lanes];
        for (int step = 0; step < steps; step++, currents += Lanes.Word * PackedSpikes.Lanes)
        {
            for (int sample = 0; sample < PackedSpikes.Lanes; sample += Transpose.Side)
                for (int neuron = 0; neuron < Lanes.Word; neuron += Transpose.Side)
                    Transpose.Run(currents + sample * Lanes.Word + neuron, Lanes.Word, turned + neuron * PackedSpikes.Lanes + sample, PackedSpikes.Lanes);
            new Span<short>(turned, Lanes.Word * PackedSpikes.Lanes).CopyTo(new Span<short>(currents, Lanes.Word * PackedSpikes.Lanes));
        }
    }

    /// <summary>The row of a table that a sample takes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static short* Row(short* tables, ulong places, int table)
    {
        ulong place = Bmi1.X64.IsSupported
            ? Bmi1.X64.BitFieldExtract(places, (byte)(table * Place), Place)
            : places >> table * Place & (1 << Place) - 1;
        return tables + table * Table + place * Quarter;
    }
}
