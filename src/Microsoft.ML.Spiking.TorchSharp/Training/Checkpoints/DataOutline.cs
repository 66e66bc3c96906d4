using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Microsoft.ML.Spiking;

/// <summary>What a training's data can be told by.</summary>
/// <param name="Rows">Rows trained on.</param>
/// <param name="Classes">Classes that the label knows.</param>
/// <param name="Dimensions">Dimensions of the input column.</param>
/// <param name="SpikeTrains">Whether it holds spike trains.</param>
/// <param name="Mean">Mean of all features.</param>
/// <param name="Deviation">Their standard deviation.</param>
/// <param name="Labels">SHA-256 of the rows' classes, in their order.</param>
/// <param name="Weights">SHA-256 of how much the rows count, in their order; null where all count alike.</param>
internal sealed record DataOutline(int Rows, int Classes, int[] Dimensions, bool SpikeTrains, double Mean, double Deviation, string Labels, string? Weights = null)
{
    public static DataOutline Of(TrainingData data, TrainingColumns columns, FeatureStatistics statistics) => new(
        data.Training.Count, columns.Classes, [.. columns.Input.Dimensions], columns.Input.IsSpikeTrain, statistics.Mean, statistics.Deviation,
        Digest<int>([.. data.Training.Labels]), data.TrainingWeights is { } weights ? Digest(weights) : null);

    /// <summary>How data differ from those of a checkpoint, as the end of a sentence; null where they seem the same.</summary>
    public string? Difference(DataOutline now) =>
        Rows != now.Rows ? $"{Rows} rows, and these are {now.Rows}"
        : Classes != now.Classes ? $"{Classes} classes, and these are {now.Classes}"
        : SpikeTrains != now.SpikeTrains ? $"{Kind}, and these are {now.Kind}"
        : !Dimensions.SequenceEqual(now.Dimensions) ? $"inputs of dimensions [{string.Join(", ", Dimensions)}], and these are [{string.Join(", ", now.Dimensions)}]"
        : (Mean, Deviation) != (now.Mean, now.Deviation) ? $"features of mean {Mean} and deviation {Deviation}, and these have {now.Mean} and {now.Deviation}"
        : Labels != now.Labels ? "rows whose labels stand in another order"
        : Weights != now.Weights ? "rows that weigh otherwise"
        : null;

    private string Kind => SpikeTrains ? "spike trains" : "intensities";

    private static string Digest<T>(T[] values) where T : unmanaged => Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes<T>(values)));
}
