using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Scoring;

namespace Microsoft.ML.Spiking;

/// <summary>One pass over the rows: how many of each class were taken for which, and the samples that are kept to be shown.</summary>
internal sealed class ScoredData
{
    private readonly int _samplesPerCell, _leastSure;
    private readonly PriorityQueue<ScoredSample, float> _surest = new();   // of the least sure, the surest comes out first

    private ScoredData(string[] classes, SpikingReportOptions options)
    {
        Classes = classes;
        Counts = new int[classes.Length, classes.Length];
        (_samplesPerCell, _leastSure) = (options.SamplesPerCell, options.GridSamples);
        FirstKept = Math.Max(options.GridSamples, options.CostSamples);
    }

    public string[] Classes { get; }

    /// <summary>Rows of a class taken for a class, [truth, guess].</summary>
    public int[,] Counts { get; }

    /// <summary>Samples of each pair of classes, the first ones.</summary>
    public Dictionary<(int Truth, int Guess), List<ScoredSample>> Cells { get; } = [];

    /// <summary>The first rows, in order.</summary>
    public List<ScoredSample> First { get; } = [];

    /// <summary>Rows whose class is known.</summary>
    public int Labelled { get; private set; }

    public int Right { get; private set; }

    /// <summary>How sure each answer of known truth was, and whether it is right.</summary>
    public List<(double Confidence, bool IsRight)> Answers { get; } = [];

    /// <summary>Rows without a label.</summary>
    public int Unlabelled { get; private set; }

    /// <summary>Rows that could not be scored, since a feature was missing.</summary>
    public int Unscored { get; private set; }

    /// <summary>Sum of the confidences of all answers.</summary>
    public double Confidence { get; private set; }

    public double? Accuracy => Labelled == 0 ? null : (double)Right / Labelled;

    /// <summary>The answers that the network was least sure of, the least sure one first.</summary>
    public IEnumerable<ScoredSample> LeastSure => _surest.UnorderedItems.Select(item => item.Element).OrderBy(sample => sample.Confidence);

    /// <summary>Wrong answers that were kept, in the order of the rows.</summary>
    public IEnumerable<ScoredSample> Wrong
        => Cells.Where(cell => cell.Key.Truth != cell.Key.Guess).SelectMany(cell => cell.Value).OrderBy(sample => sample.Row);

    private int FirstKept { get; }

    /// <exception cref="ArgumentException">A column is absent or of another type, or no row can be scored.</exception>
    public static ScoredData Read(SpikingNetworkTransformer network, IDataView data, SpikingReportOptions options)
    {
        ColumnNames names = network.Model.Names;
        IDataView view = network.Transform(data);
        DataViewSchema schema = view.Schema;
        DataViewSchema.Column features = schema[names.Features], guess = schema[names.PredictedLabel], score = schema[names.Score];
        string[] classes = [.. network.ClassNames];
        DataViewSchema.Column? label = schema.GetColumnOrNull(names.Label);

        var scored = new ScoredData(classes, options);
        using DataViewRowCursor cursor = view.GetRowCursor(label is { } l ? [features, guess, score, l] : [features, guess, score]);
        var sample = SampleReader.Create(cursor, features, network.Model.Input, FeatureOrder.Of(network.Model, features));
        Func<int?> truth = label is { } known ? LabelReader.Of(cursor, known, classes) : () => null;
        var guesses = cursor.GetGetter<uint>(guess);
        var scores = cursor.GetGetter<VBuffer<float>>(score);
        uint key = 0;
        VBuffer<float> buffer = default;
        while (cursor.Position + 1 < (options.MaximumRows ?? long.MaxValue) && cursor.MoveNext())
        {
            guesses(ref key);
            scores(ref buffer);
            if (key == 0 || !sample.Read()) scored.Unscored++;
            else scored.Add(new ScoredSample(cursor.Position, sample.Copy(), truth(), (int)key - 1, [.. buffer.DenseValues()]));
        }
        return scored.First.Count > 0
            ? scored
            : throw Trouble.Picture.Argument(
                "No row of the data could be scored, but a report is of at least one; give rows whose features are all finite numbers.");
    }

    private void Add(ScoredSample sample)
    {
        if (First.Count < FirstKept) First.Add(sample);
        Confidence += sample.Confidence;
        _surest.Enqueue(sample, -sample.Confidence);
        if (_surest.Count > _leastSure) _surest.Dequeue();
        if (sample.Truth is not { } truth)
        {
            Unlabelled++;
            return;
        }
        Labelled++;
        Answers.Add((sample.Confidence, !sample.IsWrong));
        if (!sample.IsWrong) Right++;
        Counts[truth, sample.Guess]++;
        if (!Cells.TryGetValue((truth, sample.Guess), out List<ScoredSample>? cell)) Cells[(truth, sample.Guess)] = cell = [];
        if (cell.Count < _samplesPerCell) cell.Add(sample);
    }
}
