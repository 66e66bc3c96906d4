using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Samples;

/// <summary>
/// What is known of rows without holding them: which of the view they are, what they count, and what tells whether they come again as they were. Two bits a
/// row.
/// </summary>
internal sealed class RowCensus
{
    /// <summary>Rows, one after the other, that have a hash together.</summary>
    public const int Stretch = 64;

    private const int Word = 64;

    private readonly List<ulong> _kept = [], _stretches = [];
    private readonly ClassTally _classes = new();
    private ulong _labels, _weights;

    /// <summary>Rows.</summary>
    public int Count => _classes.Count;

    /// <summary>Rows of the view, those that are left out too.</summary>
    public long Passed { get; set; }

    /// <summary>Counts a row.</summary>
    /// <param name="place">Which it is of the view, from 0; they come in order.</param>
    /// <param name="hash">Of what it holds.</param>
    /// <param name="label">Its class, from 0.</param>
    /// <param name="weight">How much it counts.</param>
    /// <exception cref="InvalidOperationException">There are too many.</exception>
    public void Add(long place, ulong hash, int label, float weight)
    {
        if (Count == Array.MaxLength)
            throw Trouble.Fit.InvalidOperation($"There are more than {Count} rows, and no more can be counted; train on a part of them, as SkipRows and "
                + "TakeRows make it.");
        while (_kept.Count <= place / Word) _kept.Add(0);
        _kept[(int)(place / Word)] |= 1UL << (int)(place % Word);
        if (Count % Stretch == 0) _stretches.Add(0);
        _stretches[^1] = With(_stretches[^1], hash, label, weight);
        _labels = RowHash.With(_labels, (ulong)label);
        _weights = RowHash.With(_weights, BitConverter.SingleToUInt32Bits(weight));
        _classes.Add(label, weight);
    }

    /// <summary>The hash of a stretch with one row more; of none it is 0.</summary>
    public static ulong With(ulong stretch, ulong hash, int label, float weight)
        => RowHash.With(RowHash.With(stretch, hash), (ulong)label << 32 | BitConverter.SingleToUInt32Bits(weight));

    /// <summary>The hash of the stretch that a row is in.</summary>
    public ulong StretchOf(int row) => _stretches[row / Stretch];

    /// <summary>Whether a row of the view is one of them.</summary>
    public bool Has(long place) => place / Word < _kept.Count && (_kept[(int)(place / Word)] >> (int)(place % Word) & 1) == 1;

    /// <summary>Which of the view a row is, from 0.</summary>
    public long PlaceOf(int row)
    {
        int word = 0;
        for (int held; row >= (held = BitOperations.PopCount(_kept[word])); word++) row -= held;
        ulong bits = _kept[word];
        for (; row > 0; row--) bits &= bits - 1;
        return (long)word * Word + BitOperations.TrailingZeroCount(bits);
    }

    /// <summary>Rows of each class, [K].</summary>
    public int[] OfClasses(int classes) => _classes.OfClasses(classes);

    /// <summary>How much the rows count; null where all count alike.</summary>
    /// <param name="classes">The weight of each class; null where they count alike.</param>
    public RowWeights? Weights(double[]? classes) => _classes.Weights(classes);

    /// <summary>What tells the rows from others.</summary>
    public RowDigests Digests(RowWeights? weights) => new($"{_labels:X16}",
        Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_stretches)))), weights is null ? null : $"{_weights:X16}");
}
