using Microsoft.ML.Runtime;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Images;
using Microsoft.ML.Spiking.Scoring;

namespace Microsoft.ML.Spiking.Samples;

/// <summary>Reads labelled rows for the first time, in one pass: into memory, if there is room for them.</summary>
/// <param name="options">How images are changed, and who else trains.</param>
/// <param name="room">What there is for all rows.</param>
/// <param name="host">Is asked whether to go on.</param>
/// <param name="channel">The log.</param>
internal sealed class SampleLoader(SpikingNetworkOptions options, RowRoom room, IHost host, IChannel channel)
{
    private const int ValidationSource = 5;

    /// <summary>Rows to train on.</summary>
    /// <param name="view">The rows.</param>
    /// <param name="columns">Their columns.</param>
    /// <param name="validationFraction">Fraction of the rows to keep apart, drawn at random.</param>
    /// <param name="seed">Seed of the drawing.</param>
    public TrainingData ToLearnFrom(IDataView view, TrainingColumns columns, double validationFraction, int seed)
        => Load(view, columns, validationFraction, seed, RowShare.ToLearnFrom(options), "train on");

    /// <summary>Rows to measure on, all of those of a view.</summary>
    public LabelledRows ToMeasureOn(IDataView view, TrainingColumns columns)
        => Load(view, columns, validationFraction: 0, seed: 0, RowShare.ToMeasureOn(options), "validate on").Training;

    private TrainingData Load(IDataView view, TrainingColumns columns, double validationFraction, int seed, RowShare share, string purpose)
    {
        CounterRandom random = CounterRandom.FromSeed(seed).For(ValidationSource);
        RowIntake training = new(measures => Empty(columns.Input, measures), columns.Input, room, share),
            validation = new(measures => Empty(columns.Input, measures), columns.Input, room, RowShare.ToMeasureOn(options));
        long rows = 0, unlabelled = 0, incomplete = 0, weightless = 0;
        using (DataViewRowCursor cursor = columns.Cursor(view))
        {
            SampleReader reader = SampleReader.Create(cursor, columns.Features, columns.Input, columns.Order);
            Func<int> readClass = columns.Target.Reader(cursor, columns.Label);
            Func<float> readWeight = ExampleWeight.Reader(cursor, columns.Weight);
            for (; cursor.MoveNext(); rows++)
            {
                MLNet.CheckAlive(host);
                options.CancellationToken.ThrowIfCancellationRequested();
                int label = readClass();
                float weight = readWeight();
                bool complete = reader.Read() && !float.IsNaN(weight);
                if (label < 0 || !complete)
                {
                    if (label < 0) unlabelled++;
                    else incomplete++;
                    continue;
                }
                if (weight == 0)
                {
                    weightless++;
                    continue;
                }
                bool apart = validationFraction > 0 && random.Uniform((ulong)rows) < validationFraction;
                (apart ? validation : training).Add(reader, columns.ClassOf(label), weight, rows);
                if (training.IsOver || room.IsOver) training.Release();
                if (validation.IsOver || room.IsOver) validation.Release();
            }
        }
        string features = columns.Weight is null ? "features" : "features or weight";
        if (unlabelled + incomplete > 0) channel.Warning(MessageSensitivity.None, $"Left out {unlabelled + incomplete} of {rows} rows: "
            + string.Join(", and ", (string[])[
                .. unlabelled > 0 ? (string[])[$"of {unlabelled} the label is missing, or none that {columns.Label.Type} counts"] : [],
                .. incomplete > 0 ? (string[])[$"of {incomplete} the {features} are missing or not finite"] : []]) + ".");
        if (weightless > 0) channel.Info(MessageSensitivity.None, $"Left out {weightless} of {rows} rows, whose weight is 0.");
        if (rows == 0)
            throw Trouble.NoRows.InvalidOperation($"There is nothing to {purpose}: the data have no row at all; see what the steps before leave of them.");
        if (training.Count == 0)
            throw Trouble.NoRows.InvalidOperation(
                $"There is nothing to {purpose}: of {rows} rows, {unlabelled + incomplete} have no label, no features or a feature that is "
                + "not a finite number, "
                + $"{(columns.Weight is null ? "" : $"{weightless} weigh 0, ")}and {validation.Count} are kept for validation.");
        return new TrainingData(training.Rows(view, columns, rows)!, validation.Rows(view, columns, rows));
    }

    private TrainingSamples Empty(InputShape input, bool measures)
        => input.IsSpikeTrain ? new SpikeTrainSamples(input.Steps!.Value, input.Inputs) : new IntensitySamples(input, Augmenter(input), measures);

    private ImageAugmenter? Augmenter(InputShape input)
        => options.Augmentation is { } rule && input.Image is { } image ? new ImageAugmenter(rule, image) : null;
}
