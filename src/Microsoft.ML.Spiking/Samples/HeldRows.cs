using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.ML.Spiking.Codes;

namespace Microsoft.ML.Spiking.Samples;

/// <summary>Rows that are all in memory.</summary>
/// <param name="samples">The rows.</param>
/// <param name="census">What they are told by, where their number alone says that they are held; null to tell them by all that they hold.</param>
internal sealed class HeldRows(TrainingSamples samples, RowCensus? census = null) : LabelledRows
{
    public override int Count => samples.Count;

    public override TrainingSamples First => samples;

    public override FeatureStatistics Statistics() => samples.Statistics();

    public override int[] OfClasses(int classes)
    {
        var rows = new int[classes];
        foreach (int label in samples.Labels) rows[label]++;
        return rows;
    }

    public override RowWeights? Weights(double[]? classes) => RowWeights.Of(samples, classes);

    public override RowDigests Digests(RowWeights? weights)
    {
        if (census is not null) return census.Digests(weights);
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        samples.Digest(digest);
        return new RowDigests(
            Digest<int>([.. samples.Labels]), Convert.ToHexString(digest.GetHashAndReset()), weights is null ? null : Digest(weights.All(samples)));
    }

    public override IEnumerable<TrainingSamples> InOrder(int most) => [samples];

    private static string Digest<T>(T[] values) where T : unmanaged => Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes<T>(values)));
}
