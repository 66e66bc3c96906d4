using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Proof;
using Microsoft.ML.Spiking.Scoring;
using Microsoft.ML.Spiking.Storage;

namespace Microsoft.ML.Spiking;

/// <summary>
/// What an exported network promises: rows, and what it did with them here. The file carries them, so that whoever runs it can count what has changed.
/// </summary>
/// <remarks>An immutable value; as JSON it goes into any format that has room for a text.</remarks>
public sealed record GoldenRows
{
    private const string Version = "1";

    internal const int MostTolerated = 1 << 20;

    // Of a row; millions of rows still add up to a number.
    private const long MostChanged = 1L << 40;

    private const string OfIt = "give rows of the same network.";

    internal GoldenRows(
        ImmutableArray<int> dimensions, bool isSpikeTrain, ImmutableArray<int> columns, ImmutableArray<int> neurons, ImmutableArray<GoldenRow> rows)
        => (Dimensions, IsSpikeTrain, Columns, Neurons, Rows) = (dimensions, isSpikeTrain, columns, neurons, rows);

    /// <summary>Dimensions of a row's input, as in [28, 28].</summary>
    public ImmutableArray<int> Dimensions { get; }

    /// <summary>Whether inputs are spike trains.</summary>
    public bool IsSpikeTrain { get; }

    /// <summary>Columns (channels) of each layer.</summary>
    public ImmutableArray<int> Columns { get; }

    /// <summary>Neurons of each layer's columns that <see cref="GoldenRow.SpikeRate"/> is a mean of.</summary>
    public ImmutableArray<int> Neurons { get; }

    /// <summary>The rows.</summary>
    public ImmutableArray<GoldenRow> Rows { get; }

    /// <summary>How far a score may be from the golden one, 0 to 1. Default 1e-5.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is none of these.</exception>
    public double ScoreTolerance
    {
        get;
        init => field = value is >= 0 and <= 1 ? value
            : throw Trouble.Options.OutOfRange(nameof(ScoreTolerance), $"ScoreTolerance is {value}, but it must lie between 0 and 1.");
    } = 1e-5;

    /// <summary>
    /// Spikes of a row that may be more or fewer, in all layers together. A membrane within rounding of its threshold fires where sums are added up in another
    /// order. Default 0.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, or more than a million.</exception>
    public int SpikeTolerance
    {
        get;
        init => field = value is >= 0 and <= MostTolerated ? value
            : throw Trouble.Options.OutOfRange(nameof(SpikeTolerance), $"SpikeTolerance is {value}, but it must lie between 0 and {MostTolerated}.");
    }

    /// <summary>Shows a network rows and writes down what it does.</summary>
    /// <param name="model">The network.</param>
    /// <param name="rows">The data.</param>
    /// <param name="count">How many rows to take, the first ones that miss no feature.</param>
    /// <param name="featureColumnName">Their column, of the type that the network reads.</param>
    /// <exception cref="ArgumentException">There is no such column, it is of another type, or no row misses nothing.</exception>
    public static GoldenRows Of(SpikingModel model, IDataView rows, int count = 16, string featureColumnName = "Features")
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        DataViewSchema.Column column = rows.Schema.GetColumnOrNull(featureColumnName)
            ?? throw Trouble.Fit.Argument($"There is no column '{featureColumnName}' to take golden rows from; name it by featureColumnName.",
                nameof(featureColumnName));
        if (!model.Input.Accepts(column.Type))
            throw Trouble.Fit.Argument($"'{featureColumnName}' is {column.Type}, but the network reads {model.Input.ColumnType}.", nameof(rows));
        var recorder = new SpikeRecorder(model);
        var golden = ImmutableArray.CreateBuilder<GoldenRow>();
        using DataViewRowCursor cursor = rows.GetRowCursor([column]);
        SampleReader reader = SampleReader.Create(cursor, column, model.Input, FeatureOrder.Of(model, column));
        while (golden.Count < count && cursor.MoveNext())
            if (reader.Read()) golden.Add(TrainedNetwork.Row(model, recorder, [.. reader.Copy()]));
        if (golden.Count == 0)
            throw Trouble.Fit.Argument("No row has all its features, but golden rows are whole ones; give rows that miss nothing.", nameof(rows));
        var shapes = model.Network.ShapesOf(model.Input);
        return new GoldenRows(
            model.Input.Dimensions, model.Input.IsSpikeTrain, [.. shapes.Select(shape => shape.Groups)], [.. shapes.Select(shape => shape.PerGroup)],
            golden.ToImmutable());
    }

    /// <summary>The rows as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(StoredGolden.Of(Version, this), ProofJson.Default.StoredGolden);

    /// <summary>Rows that <see cref="ToJson"/> has written.</summary>
    /// <exception cref="InvalidDataException">It is no such text, or its parts do not fit each other.</exception>
    public static GoldenRows Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            return StoredJson.Read(Encoding.UTF8.GetBytes(json), ProofJson.Default.StoredGolden).ToGolden(Version);
        }
        catch (InvalidDataException damage) when (!Trouble.Foreign.Is(damage))
        {
            throw Trouble.Foreign.InvalidData($"The golden rows cannot be read: {damage.Message}", damage);
        }
    }

    /// <summary>Shows the rows to a network that came back from a file, and counts what has changed.</summary>
    /// <param name="model">The network.</param>
    /// <exception cref="InvalidDataException">It reads other rows.</exception>
    public GoldenResult Check(SpikingModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Check(new TrainedNetwork(model));
    }

    /// <summary>Shows the rows to whatever runs a file.</summary>
    internal GoldenResult Check(IShownNetwork network)
    {
        var result = new GoldenResult();
        for (int row = 0; row < Rows.Length; row++) result = result.With(Compare(row, network.Show(Rows[row])));
        return result;
    }

    private GoldenResult Compare(int row, GoldenAnswer found)
    {
        GoldenRow expected = Rows[row];
        if (Fault(expected, found) is { } fault) throw Trouble.Foreign.InvalidData($"The golden rows prove nothing: {fault}");
        long spikes = found.Spikes is { } counts ? Changed(expected.Spikes, counts) : found.SpikeRate is { } rates ? Changed(expected, rates) : 0;
        float far = found.Score is { } scores ? Farthest(expected.Score, scores) : 0;
        bool label = found.Label is { } its && its != expected.Label;
        bool spikesBroken = spikes > SpikeTolerance;
        // Where a spike may differ, scores follow it.
        bool scoresBroken = far > ScoreTolerance && (spikes == 0 || spikesBroken);
        string? first = label ? $"class {found.Label} instead of {expected.Label}"
            : spikesBroken ? string.Create(CultureInfo.InvariantCulture, $"{spikes} spikes more or fewer")
            : scoresBroken ? string.Create(CultureInfo.InvariantCulture, $"a score {far:G3} away") : null;
        return new GoldenResult
        {
            Rows = 1,
            ChangedSpikes = spikes,
            ChangedLabels = label ? 1 : 0,
            LargestScoreDifference = far,
            BrokenRows = first is null ? 0 : 1,
            ComparedSpikes = found.Spikes is not null || found.SpikeRate is not null,
            ComparedLabels = found.Label is not null,
            ComparedScores = found.Score is not null,
            FirstDifference = first is null ? null : $"row {row}: {first}",
        };
    }

    /// <summary>Why an answer cannot be compared; null where it can be. Numbers that another network has more or fewer of would be passed over.</summary>
    private string? Fault(GoldenRow expected, GoldenAnswer found) => found switch
    {
        { Spikes: null, SpikeRate: null, Label: null, Score: null }
            => "what they are shown to tells neither spikes nor a class nor scores that could be compared; give a file of the network that they are of.",
        { Spikes: { } spikes } when !spikes.Select(layer => layer.Length).SequenceEqual(Columns)
            => $"they are of columns [{string.Join(", ", Columns)}], but the network has [{string.Join(", ", spikes.Select(layer => layer.Length))}]; {OfIt}",
        { SpikeRate: { } rates } when rates.Length != expected.SpikeRate.Length
            => $"they are of {expected.SpikeRate.Length} columns, but the network has {rates.Length}; {OfIt}",
        { Score: { } scores } when scores.Length != expected.Score.Length
            => $"they are of {expected.Score.Length} classes, but the network has {scores.Length}; {OfIt}",
        _ => null,
    };

    private static float Farthest(IEnumerable<float> expected, IEnumerable<float> found)
        => expected.Zip(found, (a, b) => float.IsFinite(b) ? Math.Abs(a - b) : float.PositiveInfinity).DefaultIfEmpty().Max();

    private static long Changed(ImmutableArray<ImmutableArray<int>> expected, int[][] found)
        => expected.Zip(found, (layer, its) => layer.Zip(its, (a, b) => Math.Abs((long)a - b)).Sum()).Sum();

    /// <summary>Of spike rates, as far as these tell spikes: a column whose spikes came at others' cost has its number of them.</summary>
    private long Changed(GoldenRow expected, float[] rates)
    {
        double sum = 0;
        for (int layer = 0, at = 0; layer < Columns.Length; layer++)
            for (int column = 0; column < Columns[layer]; column++, at++)
                sum += Math.Round(Math.Abs((double)rates[at] - expected.SpikeRate[at]) * Neurons[layer] * expected.Steps);
        return double.IsNaN(sum) ? MostChanged : (long)Math.Min(sum, MostChanged);
    }
}
