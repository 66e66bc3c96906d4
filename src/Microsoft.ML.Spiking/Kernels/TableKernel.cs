using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>The loops of <see cref="RegisterTables"/>: two registers hold the 64 sums of a table, and one instruction (VPERMI2W) looks up 32 samples.</summary>
/// <remarks>Needs AVX-512BW.</remarks>
internal static unsafe class TableKernel
{
    /// <summary>
    /// Words of 12 inputs, two tables each, whose tables are at hand together: 16 neurons' take 24 KB, which a first cache holds beside what streams by.
    /// </summary>
    public const int ChunkWords = 6;

    /// <summary>Inputs of a table and its entries.</summary>
    private const int Inputs = 6, Table = 64;

    /// <summary>Numbers that the tables of a chunk take.</summary>
    public const int TablesLength = 2 * ChunkWords * Lanes.Word * Table;

    /// <summary>current[t, n, b] = Σ over inputs i of weight[n, i] · spike[t, i, b], in whole units of the neuron's grid.</summary>
    /// <param name="weights">Of 16 neurons, [input, neuron].</param>
    /// <param name="spikes">Of a block of 128 samples.</param>
    /// <param name="block">Which block.</param>
    /// <param name="tables">Room for <see cref="TablesLength"/> numbers.</param>
    /// <param name="currents">Receives [step, neuron, sample].</param>
    public static void Run(short* weights, PackedSpikes spikes, int block, short* tables, short* currents)
    {
        for (int word = 0; word < spikes.Words; word += ChunkWords)
        {
            int words = Math.Min(ChunkWords, spikes.Words - word);
            Build(weights + word * PackedSpikes.WordInputs * Lanes.Word, 2 * words, tables);
            Add(tables, spikes.Block(block) + word * PackedSpikes.Lanes, spikes.Words * PackedSpikes.Lanes, spikes.Steps, words, currents, word == 0 ? 0 : 1);
        }
    }

    /// <summary>table[g, n, s] = Σ over the bits j of s of weight[6 · g + j, n].</summary>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Build(short* weights, int groups, short* tables)
    {
        Vector512<short> entry = Vector512.CreateSequence((short)0, (short)1), zero = default;
        Vector512<short> has0 = ~Vector512.Equals(entry & Vector512.Create((short)1), zero), has1 = ~Vector512.Equals(entry & Vector512.Create((short)2), zero);
        Vector512<short> has2 = ~Vector512.Equals(entry & Vector512.Create((short)4), zero), has3 = ~Vector512.Equals(entry & Vector512.Create((short)8), zero);
        Vector512<short> has4 = ~Vector512.Equals(entry & Vector512.Create((short)16), zero);
        for (int group = 0; group < groups; group++)
        {
            short* w = weights + group * Inputs * Lanes.Word;
            for (int neuron = 0; neuron < Lanes.Word; neuron++, w++, tables += Table)
            {
                Vector512<short> low = (Vector512.Create(w[0]) & has0) + (Vector512.Create(w[Lanes.Word]) & has1),
                    high = (Vector512.Create(w[2 * Lanes.Word]) & has2) + (Vector512.Create(w[3 * Lanes.Word]) & has3);
                Vector512<short> sum = low + high + (Vector512.Create(w[4 * Lanes.Word]) & has4);
                sum.Store(tables);
                (sum + Vector512.Create(w[5 * Lanes.Word])).Store(tables + 32);
            }
        }
    }

    /// <summary>Adds a chunk of inputs to the currents. <paramref name="keep"/> 0 starts them at nothing.</summary>
    /// <remarks>Four neurons and 128 samples are 16 sums in registers; the tables of each are read once for all samples.</remarks>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(short* tables, ushort* spikes, int stride, int steps, int words, short* currents, int keep)
    {
        for (int step = 0; step < steps; step++, spikes += stride)
        {
            for (int quad = 0; quad < Lanes.Word / 4; quad++, currents += 4 * PackedSpikes.Lanes)
            {
                Vector512<short> a0, a1, a2, a3, b0, b1, b2, b3, c0, c1, c2, c3, d0, d1, d2, d3;
                if (keep == 0)
                {
                    a0 = a1 = a2 = a3 = b0 = b1 = b2 = b3 = c0 = c1 = c2 = c3 = d0 = d1 = d2 = d3 = Vector512<short>.Zero;
                }
                else
                {
                    a0 = Vector512.Load(currents); a1 = Vector512.Load(currents + 32); a2 = Vector512.Load(currents + 64); a3 = Vector512.Load(currents + 96);
                    b0 = Vector512.Load(currents + 128);
                    b1 = Vector512.Load(currents + 160);
                    b2 = Vector512.Load(currents + 192);
                    b3 = Vector512.Load(currents + 224);
                    c0 = Vector512.Load(currents + 256);
                    c1 = Vector512.Load(currents + 288);
                    c2 = Vector512.Load(currents + 320);
                    c3 = Vector512.Load(currents + 352);
                    d0 = Vector512.Load(currents + 384);
                    d1 = Vector512.Load(currents + 416);
                    d2 = Vector512.Load(currents + 448);
                    d3 = Vector512.Load(currents + 480);
                }
                short* table = tables + quad * 4 * Table, word = (short*)spikes;
                for (int w = 0; w < words; w++, word += PackedSpikes.Lanes)
                {
                    Vector512<short> s0 = Vector512.Load(word), s1 = Vector512.Load(word + 32), s2 = Vector512.Load(word + 64), s3 = Vector512.Load(word + 96);
                    for (int half = 0; half < 2; half++, table += Lanes.Word * Table)
                    {
                        Vector512<short> x = Vector512.Load(table), y = Vector512.Load(table + 32);
                        a0 += Avx512BW.PermuteVar32x16x2(x, s0, y); a1 += Avx512BW.PermuteVar32x16x2(x, s1, y);
                        a2 += Avx512BW.PermuteVar32x16x2(x, s2, y); a3 += Avx512BW.PermuteVar32x16x2(x, s3, y);
                        x = Vector512.Load(table + 64); y = Vector512.Load(table + 96);
                        b0 += Avx512BW.PermuteVar32x16x2(x, s0, y); b1 += Avx512BW.PermuteVar32x16x2(x, s1, y);
                        b2 += Avx512BW.PermuteVar32x16x2(x, s2, y); b3 += Avx512BW.PermuteVar32x16x2(x, s3, y);
                        x = Vector512.Load(table + 128); y = Vector512.Load(table + 160);
                        c0 += Avx512BW.PermuteVar32x16x2(x, s0, y); c1 += Avx512BW.PermuteVar32x16x2(x, s1, y);
                        c2 += Avx512BW.PermuteVar32x16x2(x, s2, y); c3 += Avx512BW.PermuteVar32x16x2(x, s3, y);
                        x = Vector512.Load(table + 192); y = Vector512.Load(table + 224);
                        d0 += Avx512BW.PermuteVar32x16x2(x, s0, y); d1 += Avx512BW.PermuteVar32x16x2(x, s1, y);
                        d2 += Avx512BW.PermuteVar32x16x2(x, s2, y); d3 += Avx512BW.PermuteVar32x16x2(x, s3, y);
                        // VPERMI2W reads six bits of each index: the next six move down.
                        s0 >>>= 6; s1 >>>= 6; s2 >>>= 6; s3 >>>= 6;
                    }
                }
                a0.Store(currents); a1.Store(currents + 32); a2.Store(currents + 64); a3.Store(currents + 96);
                b0.Store(currents + 128); b1.Store(currents + 160); b2.Store(currents + 192); b3.Store(currents + 224);
                c0.Store(currents + 256); c1.Store(currents + 288); c2.Store(currents + 320); c3.Store(currents + 352);
                d0.Store(currents + 384); d1.Store(currents + 416); d2.Store(currents + 448); d3.Store(currents + 480);
            }
        }
    }
}
