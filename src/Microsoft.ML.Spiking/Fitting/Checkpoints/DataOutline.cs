using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Samples;

namespace Microsoft.ML.Spiking.Fitting;

/// <summary>What a training's data can be told by.</summary>
/// <param name="Rows">Rows trained on.</param>
/// <param name="Classes">Classes that the label knows.</param>
/// <param name="Dimensions">Dimensions of the input column.</param>
/// <param name="SpikeTrains">Whether it holds spike trains.</param>
/// <param name="Mean">Mean of all features.</param>
/// <param name="Deviation">Their standard deviation.</param>
/// <param name="Labels">Digest of the rows' classes, in their order (<see cref="RowDigests"/>).</param>
/// <param name="Features">Digest of the rows, in their order.</param>
/// <param name="Names">What the features are called; null where they have no names.</param>
/// <param name="Weights">Digest of how much the rows count, in their order; null where all count alike.</param>
/// <param name="Start">SHA-256 of the weights that training began with; null where they were drawn.</param>
internal sealed record DataOutline(
    int Rows, int Classes, int[] Dimensions, bool SpikeTrains, double Mean, double Deviation, string Labels, string Features, string[]? Names = null,
    string? Weights = null, string? Start = null)
{
    public static DataOutline Of(TrainingData data, TrainingColumns columns, FeatureStatistics statistics)
    {
        RowDigests digests = data.Training.Digests(data.TrainingWeights);
        return new DataOutline(
            data.Training.Count, columns.Classes, [.. columns.Input.Dimensions], columns.Input.IsSpikeTrain, statistics.Whole.Mean, statistics.Whole.Deviation,
            digests.Labels, digests.Features, columns.FeatureNames is [] ? null : [.. columns.FeatureNames], digests.Weights);
    }

    /// <summary>How data differ from those of a checkpoint, as the end of a sentence; null where they seem the same.</summary>
    public string? Difference(DataOutline now) =>
        Rows != now.Rows ? $"{Rows} rows, and these are {now.Rows}"
        : Classes != now.Classes ? $"{Classes} classes, and these are {now.Classes}"
        : SpikeTrains != now.SpikeTrains ? $"{Kind}, and these are {now.Kind}"
        : !Dimensions.SequenceEqual(now.Dimensions)
        ? $"inputs of dimensions [{string.Join(", ", Dimensions)}], and these are [{string.Join(", ", now.Dimensions)}]"
        : Renamed(now) is { } place ? $"a feature '{Checkpoint.Short(Names![place])}' where these have '{Checkpoint.Short(now.Names![place])}'"
        : (Mean, Deviation) != (now.Mean, now.Deviation)
        ? $"features of mean {Require.Said(Mean)} and deviation {Require.Said(Deviation)}, and these have {Require.Said(now.Mean)} and "
            + Require.Said(now.Deviation)
        : Names?.Length is { } names && now.Names?.Length is { } others && names != others ? $"{names} names of features, and these have {others}"
        : Labels != now.Labels ? "rows whose labels stand in another order"
        : Features != now.Features ? "other features, or rows in another order"
        : Weights != now.Weights ? "rows that weigh otherwise"
        : Start != now.Start ? "the same rows, but from other weights at the start"
        : null;

    /// <summary>The first place at which another feature stands; null where there is none, or where one of the two has no names.</summary>
    private int? Renamed(DataOutline now)
        => Names is null || now.Names is null || Names.SequenceEqual(now.Names)
            ? null
            : Enumerable.Range(0, Math.Min(Names.Length, now.Names.Length)).Where(place => Names[place] != now.Names[place]).Select(place => (int?)place)
                .FirstOrDefault();

    private string Kind => SpikeTrains ? "spike trains" : "intensities";
}
