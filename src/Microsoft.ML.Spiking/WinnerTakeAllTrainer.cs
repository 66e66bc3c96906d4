using System.Globalization;
using Microsoft.ML.Runtime;
using Microsoft.ML.Spiking.Competition;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Hosting;
using Microsoft.ML.Spiking.Samples;

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
    /// <exception cref="InvalidOperationException">No row has features, or none a label, or all labels are of one class, or a row holds another number of
    /// values than the column's type says.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    /// <exception cref="ArgumentException">The layer is too large for this process.</exception>
    public WinnerTakeAllTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        CheckColumns(MLNet.Shape(input.Schema));
        DataViewSchema.Column features = input.Schema[_options.FeatureColumnName], label = input.Schema[_options.LabelColumnName];
        if (InputShape.Of(features.Type) is not { IsSpikeTrain: false } shape)
            throw MLNet.Mismatch(_host, "feature", features.Name, CompetitiveFit.Expected, features.Type.ToString()!);
        ulong keys = s_label.Classes(label.Type);
        if (keys > int.MaxValue) throw MLNet.Mismatch(_host, "label", label.Name, $"a key of at most {int.MaxValue} classes", label.Type.ToString()!);
        int classes = (int)keys;
        if (WinnerTakeAllFile.Fault(_options.Network, shape.Features, classes) is { } tooLarge) throw Trouble.Fit.Argument(tooLarge);

        using IChannel channel = _host.Start("Training");
        var fit = new CompetitiveFit(_host, _options);
        IntensitySamples samples = fit.Load(input, features, label, shape, channel);
        int labelled = samples.Labels.Count(its => its >= 0);
        if (labelled == 0)
            throw Trouble.NoRows.InvalidOperation($"None of {samples.Count} rows has a label, but without any no neuron can speak for a class; "
                + "give some rows a label, and know that a key in memory counts from 0, and 0 is the missing one.");
        int one = samples.Labels.First(its => its >= 0);
        if (samples.Labels.All(its => its < 0 || its == one))
        {
            string name = LabelValues.Of(label)?.Texts[one] ?? one.ToString(CultureInfo.InvariantCulture);
            throw Trouble.NoRows.InvalidOperation($"All {labelled} rows with a label are of class '{name}', so that every neuron would speak for it; "
                + "give rows of other classes too.");
        }
        if (labelled < samples.Count)
            channel.Info(MessageSensitivity.None, $"{samples.Count - labelled} of {samples.Count} rows have no label: they are learnt from, and not asked.");

        WinnerTakeAllModel layer = fit.Run(samples, shape, classes, SlotNames.Of(features), channel);
        ClassCensus census = ClassCensus.Of(CompetitiveScorer.Of(layer), layer.Network.Neurons, samples, classes, fit.CheckAlive);
        return new WinnerTakeAllTransformer(_host, layer with
        {
            LabelledRows = labelled, Classes = classes, ClassSpikes = [.. census.ClassSpikes], ClassShares = [.. census.ClassShares],
        }, LabelValues.Of(label));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">A column is absent or of another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return s_label.Promise(inputSchema, _options.Names, CheckColumns(inputSchema));
    }

    private SchemaShape.Column CheckColumns(SchemaShape schema)
    {
        if (MLNet.Find(schema, _options.FeatureColumnName) is not { } features) throw MLNet.Missing(_host, "feature", _options.FeatureColumnName);
        if (!CompetitiveFit.Reads(features)) throw MLNet.Mismatch(_host, "feature", features.Name, CompetitiveFit.Expected, MLNet.TypeOf(features));
        if (MLNet.Find(schema, _options.LabelColumnName) is not { } label) throw MLNet.Missing(_host, "label", _options.LabelColumnName);
        return s_label.Instead(label) is { } wanted ? throw MLNet.Mismatch(_host, "label", label.Name, wanted, MLNet.TypeOf(label)) : label;
    }
}
