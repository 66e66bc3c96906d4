using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>The loops of <see cref="MemoryTables"/>.</summary>
internal static unsafe class MemoryTableKernel
{
    /// <summary>Words of 12 inputs, two tables each, whose tables are at hand together: 24 KB, which a first cache holds beside what streams by.</summary>
    public const int ChunkWords = 6, ChunkTables = 2 * ChunkWords;

    /// <summary>Numbers that the tables of a chunk take.</summary>
    public const int TablesLength = ChunkTables * Table;

    /// <summary>Inputs of a table, its rows, the bytes of a row and its numbers.</summary>
    private const int Inputs = 6, TableRows = 64, Row = 32, Table = TableRows * Lanes.Word;

    /// <summary>Where each sample's rows begin, in bytes from the first table.</summary>
    /// <param name="spikes">Of the chunk's first word, [step, word, sample].</param>
    /// <param name="stride">Words from one step to the next.</param>
    /// <param name="steps">Time steps.</param>
    /// <param name="words">Words that there are; the tables beyond have the first row, which is always 0.</param>
    /// <param name="rows">Receives [step, sample, table].</param>
    public static void Find(ushort* spikes, int stride, int steps, int words, ushort* rows)
    {
        for (int step = 0; step < steps; step++, spikes += stride)
        {
            for (int sample = 0; sample < PackedSpikes.Lanes; sample++, rows += ChunkTables)
            {
                for (int word = 0; word < words; word++)
                {
                    int inputs = spikes[word * PackedSpikes.Lanes + sample];
                    rows[2 * word] = (ushort)((2 * word * TableRows + inputs % TableRows) * Row);
                    rows[2 * word + 1] = (ushort)(((2 * word + 1) * TableRows + inputs / TableRows) * Row);
                }
                for (int table = 2 * words; table < ChunkTables; table++) rows[table] = 0;
            }
        }
    }

    /// <summary>table[g, s, n] = Σ over the bits j of s of weight[n, 6 · g + j].</summary>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Build(short* weights, int stride, int words, short* tables)
    {
        short* row = stackalloc short[Lanes.Word];
        for (int group = 0; group < 2 * words; group++, tables += Table)
        {
            new Span<short>(tables, Lanes.Word).Clear();
            for (int bit = 0; bit < Inputs; bit++)
            {
                short* weight = weights + group * Inputs + bit;
                for (int neuron = 0; neuron < Lanes.Word; neuron++) row[neuron] = weight[neuron * stride];
                Vector128<short> low = Vector128.Load(row), high = Vector128.Load(row + 8);
                int half = Lanes.Word << bit;
                for (short* sum = tables; sum < tables + half; sum += Lanes.Word)
                {
                    (Vector128.Load(sum) + low).Store(sum + half);
                    (Vector128.Load(sum + 8) + high).Store(sum + half + 8);
                }
            }
        }
    }

    /// <summary>Adds a chunk of inputs to the currents, [step, sample, neuron], or starts them with it.</summary>
    /// <remarks>Two sums, since each waits for the addition before it. Four places are loaded at once: loads are what the loop is made of.</remarks>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add256(short* tables, ushort* rows, int samples, short* currents, bool goesOn)
    {
        byte* t = (byte*)tables;
        for (int sample = 0; sample < samples; sample++, rows += ChunkTables, currents += Lanes.Word)
        {
            ulong four = *(ulong*)rows;
            Vector256<short> a = goesOn ? Vector256.Load(currents) : default, b = Vector256.Load((short*)(t + (ushort)four));
            a += Vector256.Load((short*)(t + (ushort)(four >> 16)));
            b += Vector256.Load((short*)(t + (ushort)(four >> 32)));
            a += Vector256.Load((short*)(t + (four >> 48)));
            four = *(ulong*)(rows + 4);
            b += Vector256.Load((short*)(t + (ushort)four));
            a += Vector256.Load((short*)(t + (ushort)(four >> 16)));
            b += Vector256.Load((short*)(t + (ushort)(four >> 32)));
            a += Vector256.Load((short*)(t + (four >> 48)));
            four = *(ulong*)(rows + 8);
            b += Vector256.Load((short*)(t + (ushort)four));
            a += Vector256.Load((short*)(t + (ushort)(four >> 16)));
            b += Vector256.Load((short*)(t + (ushort)(four >> 32)));
            a += Vector256.Load((short*)(t + (four >> 48)));
            (a + b).Store(currents);
        }
    }

    /// <summary><see cref="Add256"/> with registers half as wide, two for a row.</summary>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add128(short* tables, ushort* rows, int samples, short* currents, bool goesOn)
    {
        byte* t = (byte*)tables;
        for (int sample = 0; sample < samples; sample++, currents += Lanes.Word)
        {
            Vector128<short> a = goesOn ? Vector128.Load(currents) : default, b = goesOn ? Vector128.Load(currents + 8) : default;
            for (ushort* end = rows + ChunkTables; rows < end; rows += 4)
            {
                ulong four = *(ulong*)rows;
                short* r0 = (short*)(t + (ushort)four), r1 = (short*)(t + (ushort)(four >> 16));
                short* r2 = (short*)(t + (ushort)(four >> 32)), r3 = (short*)(t + (four >> 48));
                a += Vector128.Load(r0);
                b += Vector128.Load(r0 + 8);
                a += Vector128.Load(r1);
                b += Vector128.Load(r1 + 8);
                a += Vector128.Load(r2);
                b += Vector128.Load(r2 + 8);
                a += Vector128.Load(r3);
                b += Vector128.Load(r3 + 8);
            }
            a.Store(currents);
            b.Store(currents + 8);
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
}
