using System.Collections.Immutable;
using System.Numerics.Tensors;
using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>Whether scores mean what they say: predictions in bins by how sure they are, and how many of each are right.</summary>
/// <remarks>
/// Of calibrated scores, nine in ten of the predictions that are 0.9 sure are right. Guo, Pleiss, Sun and Weinberger 2017; 15 bins of equal width.
/// </remarks>
public sealed record ReliabilityDiagram
{
    private const int BinCount = 15;

    private ReliabilityDiagram(ImmutableArray<ReliabilityBin> bins) => Bins = bins;

    /// <summary>The bins, from 0 to 1.</summary>
    public ImmutableArray<ReliabilityBin> Bins { get; }

    /// <summary>Predictions in all.</summary>
    public int Rows => Bins.Sum(bin => bin.Rows);

    /// <summary>Expected calibration error: the mean over all predictions of |accuracy - confidence| of their bin, 0 at best and 1 at worst.</summary>
    public double ExpectedCalibrationError => Rows == 0 ? 0 : Bins.Sum(bin => bin.Rows * Math.Abs(bin.Accuracy - bin.Confidence)) / Rows;

    /// <summary>Measures scored rows, whatever multiclass trainer scored them. Rows without a label or a score are left out.</summary>
    /// <param name="scored">The rows.</param>
    /// <param name="labelColumnName">The true class, a key.</param>
    /// <param name="scoreColumnName">The probability of each class, Vector&lt;Single&gt;.</param>
    /// <exception cref="ArgumentException">A column is absent or of another type.</exception>
    public static ReliabilityDiagram Measure(IDataView scored, string labelColumnName = "Label", string scoreColumnName = "Score")
    {
        ArgumentNullException.ThrowIfNull(scored);
        DataViewSchema.Column label = Column(scored, labelColumnName), score = Column(scored, scoreColumnName);
        if (label.Type is not KeyDataViewType { RawType: var raw } || raw != typeof(uint)) throw Mismatch(label, "a key");
        if (score.Type is not VectorDataViewType vector || vector.ItemType != NumberDataViewType.Single) throw Mismatch(score, "a Vector<Single>");

        List<(double, bool)> answers = [];
        using DataViewRowCursor cursor = scored.GetRowCursor([label, score]);
        ValueGetter<uint> getLabel = cursor.GetGetter<uint>(label);
        ValueGetter<VBuffer<float>> getScore = cursor.GetGetter<VBuffer<float>>(score);
        uint truth = 0;
        VBuffer<float> scores = default;
        while (cursor.MoveNext())
        {
            getLabel(ref truth);
            getScore(ref scores);
            float[] values = [.. scores.DenseValues()];
            if (truth == 0 || values.Length == 0 || !values.All(float.IsFinite)) continue;
            int best = TensorPrimitives.IndexOfMax<float>(values);
            answers.Add((values[best], best == truth - 1));
        }
        return Of(answers);
    }

    /// <summary>Of answers: how sure each is, 0 to 1, and whether it is right.</summary>
    /// <param name="answers">In any order.</param>
    internal static ReliabilityDiagram Of(IEnumerable<(double Confidence, bool IsRight)> answers)
    {
        var bins = answers.ToLookup(answer => Math.Clamp((int)(answer.Confidence * BinCount), 0, BinCount - 1));
        return new ReliabilityDiagram([.. Enumerable.Range(0, BinCount)
            .Select(i => new ReliabilityBin((double)i / BinCount, (i + 1.0) / BinCount, bins[i].Count(),
            bins[i].Select(answer => answer.Confidence).DefaultIfEmpty().Average(),
            bins[i].Select(answer => answer.IsRight ? 1.0 : 0).DefaultIfEmpty().Average()))]);
    }

    private static DataViewSchema.Column Column(IDataView scored, string name)
        => scored.Schema.GetColumnOrNull(name)
            ?? throw Trouble.Fit.Argument(
                $"There is no column '{name}' to measure calibration on; name the label's and the scores' columns.");

    private static ArgumentException Mismatch(DataViewSchema.Column column, string needed)
        => Trouble.Fit.Argument(
            $"Column '{column.Name}' is {column.Type}, but calibration is measured on {needed}; score the rows by a multiclass trainer first.");
}
