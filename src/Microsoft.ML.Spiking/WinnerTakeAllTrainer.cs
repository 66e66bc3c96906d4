using System.Collections.Immutable;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Spiking.Competition;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Hosting;
using Microsoft.ML.Spiking.Model;
using Microsoft.ML.Spiking.Samples;
using Microsoft.ML.Spiking.Scoring;

namespace Microsoft.ML.Spiking;

/// <summary>Trains a winner-take-all layer by STDP, without labels, and then asks its neurons for which class they fire (Diehl and Cook 2015).</summary>
/// <remarks>
/// <para><b>Input and output columns.</b> The label is a key; the input is Vector&lt;Single&gt; of a known size, which the trainer turns into Poisson spikes
/// itself. The outputs are PredictedLabel (key), Score (each class's share of the vote, Vector&lt;Single, classes&gt;) and SpikeRate (spikes per time step,
/// Vector&lt;Single, neurons&gt;).</para>
/// <para><b>Few labels.</b> The layer learns from every row whose features are there. Labels decide nothing but which class a neuron speaks for, and so rows
/// whose label is missing are learnt from too. For another readout, train another trainer on SpikeRate.</para>
/// <para><b>Trainer characteristics.</b> Multiclass classification; needs no normalisation; reads the data once, into memory; one thread learns, row after
/// row, while another draws the spikes of the rows to come. There are no checkpoints: an epoch takes seconds. Rows whose features are missing or no finite
/// numbers are left out, with one warning. The same seed and data give the same model to the byte on every processor.</para>
/// </remarks>
public sealed class WinnerTakeAllTrainer : IEstimator<WinnerTakeAllTransformer>
{
    private const string Expected = "Vector<Single> of a known size";

    private const ulong WeightSource = 0;

    private static readonly KeyLabel s_label = new();

    private readonly IHost _host;
    private readonly WinnerTakeAllOptions _options;

    internal WinnerTakeAllTrainer(IHostEnvironment env, WinnerTakeAllOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        (_host, _options) = (env.Register(nameof(WinnerTakeAllTrainer)), options);
    }

    /// <summary>Trains on the data; a second call starts afresh.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is absent or of another type.</exception>
    /// <exception cref="InvalidOperationException">No row has features, or none a label, or a row holds another number of values than the column's type
    /// says.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    /// <exception cref="ArgumentException">The layer is too large for this process.</exception>
    public WinnerTakeAllTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        CheckColumns(MLNet.Shape(input.Schema));
        DataViewSchema.Column features = input.Schema[_options.FeatureColumnName], label = input.Schema[_options.LabelColumnName];
        if (InputShape.Of(features.Type) is not { IsSpikeTrain: false } shape)
            throw MLNet.Mismatch(_host, "feature", features.Name, Expected, features.Type.ToString()!);
        ulong keys = s_label.Classes(label.Type);
        if (keys > int.MaxValue) throw MLNet.Mismatch(_host, "label", label.Name, $"a key of at most {int.MaxValue} classes", label.Type.ToString()!);
        int classes = (int)keys;
        if (WinnerTakeAllFile.Fault(_options.Network, shape.Features, classes) is { } tooLarge) throw Trouble.Fit.Argument(tooLarge);

        int seed = _options.Seed ?? MLNet.Seed(_host) ?? _host.Rand.Next();
        using IChannel channel = _host.Start("Training");
        IntensitySamples samples = Load(input, features, label, shape, channel);
        return new WinnerTakeAllTransformer(_host, Train(samples, shape, classes, SlotNames.Of(features), seed, channel), LabelValues.Of(label));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">A column is absent or of another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return s_label.Promise(inputSchema, _options.Names, CheckColumns(inputSchema));
    }

    private WinnerTakeAllModel Train(
        IntensitySamples samples, InputShape shape, int classes, ImmutableArray<string> featureNames, int seed, IChannel channel)
    {
        var statistics = samples.Statistics();
        WinnerTakeAllNetwork network = _options.Network with { Scaling = LeftToData.Scaling(_options.Network.Scaling, statistics) };
        Standardisation standardisation = Standardisation.ToIntensities(statistics, network.Scaling);
        var encoder = new CompetitiveEncoder(network, standardisation);
        CounterRandom random = CounterRandom.FromSeed(seed);
        double meanWeight = _options.Learning.MeanWeight;
        float gain = Gain(network, meanWeight, encoder, samples);
        CompetitiveLayer layer = CompetitiveLayer.Draw(network, shape.Features, gain, meanWeight, random.For(WeightSource));

        new CompetitiveTraining(_options, samples, encoder, random).Run(layer, CheckAlive, channel);
        ClassCensus census = ClassCensus.Of(new CompetitiveScorer(layer, encoder, random), network.Neurons, samples, classes, CheckAlive);

        var weights = new float[network.Neurons * shape.Features];
        for (int neuron = 0; neuron < network.Neurons; neuron++) layer.CopyWeights(neuron, weights.AsSpan(neuron * shape.Features, shape.Features));
        return new WinnerTakeAllModel
        {
            Network = network,
            Learning = _options.Learning,
            Epochs = _options.Epochs,
            Seed = seed,
            Rows = samples.Count,
            LabelledRows = samples.Labels.Count(label => label >= 0),
            Input = shape,
            Classes = classes,
            FeatureNames = featureNames,
            Standardisation = standardisation,
            Gain = gain,
            Weights = [.. weights],
            Thresholds = [.. layer.NeuronThresholds],
            ClassSpikes = [.. census.ClassSpikes],
            ClassShares = [.. census.ClassShares],
            Names = _options.Names,
        };
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
            : throw Trouble.NoRows.InvalidOperation($"Every value of '{_options.FeatureColumnName}' is 0 as an intensity, so that no input ever spikes; "
                + "give features that differ, or another Network.Scaling.");
    }

    private IntensitySamples Load(IDataView input, DataViewSchema.Column features, DataViewSchema.Column label, InputShape shape, IChannel channel)
    {
        var samples = new IntensitySamples(shape);
        long rows = 0, missing = 0, labelled = 0;
        using (DataViewRowCursor cursor = input.GetRowCursor([features, label]))
        {
            var reader = new IntensityReader(cursor, features, shape);
            Func<int> readClass = s_label.Reader(cursor, label);
            for (; cursor.MoveNext(); rows++)
            {
                CheckAlive();
                int its = readClass();
                if (!reader.Read())
                {
                    missing++;
                    continue;
                }
                samples.Add(reader.Features, Math.Max(its, -1));
                if (its >= 0) labelled++;
            }
        }
        if (missing > 0) channel.Warning(MessageSensitivity.None, $"Left out {missing} of {rows} rows, of which the features are missing.");
        if (samples.Count == 0)
            throw Trouble.NoRows.InvalidOperation($"There is nothing to learn from: of {rows} rows none has features that are finite numbers; "
                + "see what the steps before leave of them.");
        if (labelled == 0)
            throw Trouble.NoRows.InvalidOperation($"None of {samples.Count} rows has a label, but without any no neuron can speak for a class; "
                + "give some rows a label, and know that a key in memory counts from 0, and 0 is the missing one.");
        if (labelled < samples.Count)
            channel.Info(MessageSensitivity.None, $"{samples.Count - labelled} of {samples.Count} rows have no label: they are learnt from, and not asked.");
        return samples;
    }

    private void CheckAlive()
    {
        _options.CancellationToken.ThrowIfCancellationRequested();
        MLNet.CheckAlive(_host);
    }

    private SchemaShape.Column CheckColumns(SchemaShape schema)
    {
        if (MLNet.Find(schema, _options.FeatureColumnName) is not { } features) throw MLNet.Missing(_host, "feature", _options.FeatureColumnName);
        if (features.Kind != SchemaShape.Column.VectorKind.Vector || features.IsKey || !features.ItemType.Equals(NumberDataViewType.Single))
            throw MLNet.Mismatch(_host, "feature", features.Name, Expected, MLNet.TypeOf(features));
        if (MLNet.Find(schema, _options.LabelColumnName) is not { } label) throw MLNet.Missing(_host, "label", _options.LabelColumnName);
        return s_label.Instead(label) is { } wanted ? throw MLNet.Mismatch(_host, "label", label.Name, wanted, MLNet.TypeOf(label)) : label;
    }
}
