using System.Collections.Immutable;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Model;
using Microsoft.ML.Spiking.Samples;
using Microsoft.ML.Spiking.Scoring;

namespace Microsoft.ML.Spiking.Competition;

/// <summary>From rows to a layer that has learnt from them; for which classes its neurons speak is asked later.</summary>
/// <param name="host">The estimator's.</param>
/// <param name="options">How it learns, and from which column.</param>
internal sealed class CompetitiveFit(IHost host, WinnerTakeAllOptions options)
{
    /// <summary>What the input column must be.</summary>
    public const string Expected = "Vector<Single> of a known size";

    private const ulong WeightSource = 0, MoreSource = 4;

    private static readonly KeyLabel s_label = new();

    /// <summary>Whether a column is a vector of numbers; of which size, only the data say.</summary>
    public static bool Reads(SchemaShape.Column column)
        => column.Kind == SchemaShape.Column.VectorKind.Vector && !column.IsKey && column.ItemType.Equals(NumberDataViewType.Single);

    /// <summary>Reads the rows whose features are there.</summary>
    /// <param name="input">The data.</param>
    /// <param name="features">The input column.</param>
    /// <param name="label">The column of labels; null where nobody asks.</param>
    /// <param name="shape">What the input column holds.</param>
    /// <param name="channel">The log.</param>
    /// <param name="order">Where the features are by their names; null where they come as they are.</param>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public IntensitySamples Load(
        IDataView input, DataViewSchema.Column features, DataViewSchema.Column? label, InputShape shape, IChannel channel, FeatureOrder? order = null)
    {
        var samples = new IntensitySamples(shape);
        long rows = 0, missing = 0;
        using (DataViewRowCursor cursor = input.GetRowCursor(label is { } its ? [features, its] : [features]))
        {
            var reader = new IntensityReader(cursor, features, shape, order);
            Func<int>? readClass = label is { } column ? s_label.Reader(cursor, column) : null;
            for (; cursor.MoveNext(); rows++)
            {
                CheckAlive();
                int known = readClass?.Invoke() ?? -1;
                if (reader.Read()) samples.Add(reader.Features, Math.Max(known, -1));
                else missing++;
            }
        }
        if (missing > 0) channel.Warning(MessageSensitivity.None, $"Left out {missing} of {rows} rows, of which the features are missing or not finite.");
        return samples.Count > 0
            ? samples
            : throw Trouble.NoRows.InvalidOperation($"There is nothing to learn from: of {rows} rows none has features that are finite numbers; "
                + "see what the steps before leave of them.");
    }

    /// <summary>Trains a layer.</summary>
    /// <param name="samples">The rows.</param>
    /// <param name="shape">What a row holds.</param>
    /// <param name="classes">Number of classes, which a rule that rewards asks for; 0 where the rows have none.</param>
    /// <param name="featureNames">What the features are called.</param>
    /// <param name="channel">The log.</param>
    /// <returns>It, without classes.</returns>
    public WinnerTakeAllModel Run(IntensitySamples samples, InputShape shape, int classes, ImmutableArray<string> featureNames, IChannel channel)
    {
        int seed = options.Seed ?? MLNet.Seed(host) ?? host.Rand.Next();
        var statistics = samples.Statistics();
        WinnerTakeAllNetwork network = options.Network with { Scaling = LeftToData.Scaling(options.Network.Scaling, statistics) };
        Standardisation standardisation = Standardisation.ToIntensities(statistics, network.Scaling);
        var encoder = new CompetitiveEncoder(network, standardisation);
        CounterRandom random = CounterRandom.FromSeed(seed);
        double meanWeight = options.Learning.MeanWeight;
        float gain = Gain(network, meanWeight, encoder, samples);
        CompetitiveLayer layer = CompetitiveLayer.Draw(network, shape.Features, gain, meanWeight, random.For(WeightSource));

        new CompetitiveTraining(options, samples, classes, encoder, random).Run(layer, CheckAlive, channel);

        return new WinnerTakeAllModel
        {
            Network = network,
            Learning = options.Learning,
            Epochs = options.Epochs,
            Seed = seed,
            Rows = samples.Count,
            LabelledRows = 0,
            Input = shape,
            Classes = 0,
            FeatureNames = featureNames,
            Standardisation = standardisation,
            Gain = gain,
            Weights = layer.AllWeights(),
            Thresholds = [.. layer.NeuronThresholds],
            ClassSpikes = [],
            ClassShares = [],
            Names = options.Names,
        };
    }

    /// <summary>Lets a layer go on learning, at the rates that it had ended with.</summary>
    /// <param name="model">It.</param>
    /// <param name="samples">The rows.</param>
    /// <param name="channel">The log.</param>
    public WinnerTakeAllModel GoOn(WinnerTakeAllModel model, IntensitySamples samples, IChannel channel)
    {
        CompetitiveLayer layer = CompetitiveLayer.Of(model);
        WinnerTakeAllOptions more = options with { Learning = model.Learning.AtItsEnd, Epochs = 1 };
        var encoder = new CompetitiveEncoder(model.Network, model.Standardisation);
        new CompetitiveTraining(more, samples, classes: 0, encoder, CounterRandom.FromSeed(model.Seed).For(MoreSource))
            .Run(layer, CheckAlive, channel);
        return model with { Rows = model.Rows + samples.Count, Weights = layer.AllWeights(), Thresholds = [.. layer.NeuronThresholds] };
    }

    /// <summary>Throws where the training is cancelled.</summary>
    public void CheckAlive()
    {
        options.CancellationToken.ThrowIfCancellationRequested();
        MLNet.CheckAlive(host);
    }

    /// <summary>What a spike through a weight of 1 adds to a potential, so that a row of mean intensity drives as the options say.</summary>
    private float Gain(WinnerTakeAllNetwork network, double meanWeight, CompetitiveEncoder encoder, IntensitySamples samples)
    {
        double sum = 0;
        var features = new float[samples.Width];
        for (int row = 0; row < samples.Count; row++)
        {
            samples.CopyTo(row, features.AsSpan());
            sum += encoder.Intensity(features);
        }
        return sum > 0 ? (float)(network.Drive / (network.MaximumProbability * meanWeight * sum / samples.Count))
            : throw Trouble.NoRows.InvalidOperation($"Every value of '{options.FeatureColumnName}' is 0 as an intensity, so that no input ever spikes; "
                + "give features that differ, or another Network.Scaling.");
    }
}
