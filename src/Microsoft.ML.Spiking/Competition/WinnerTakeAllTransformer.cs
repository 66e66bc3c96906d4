using System.Collections.Immutable;
using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Spiking.Competition;
using Microsoft.ML.Spiking.Hosting;
using Microsoft.ML.Spiking.Samples;
using Microsoft.ML.Spiking.Scoring;
using Microsoft.ML.Spiking.Storage;
using Microsoft.ML.Spiking.Transforms;

namespace Microsoft.ML.Spiking;

/// <summary>A trained winner-take-all layer in a pipeline: adds PredictedLabel, Score and SpikeRate.</summary>
/// <remarks>
/// <para>PredictedLabel is a key of the classes, Score each class's share of the vote, Vector&lt;Single, classes&gt;, and SpikeRate the spikes per time step
/// of each neuron, Vector&lt;Single, neurons&gt;, which other trainers may take for features. Where a feature is not a finite number, or the vector is null,
/// Score and SpikeRate are NaN and the label is missing. A vector of another length than the column's is an error. Where no neuron fires, the classes have
/// their shares of the training rows.</para>
/// <para>Where the layer was trained on named features (SlotNames) and the input has names too, it finds them by name.</para>
/// <para>Thread-safe and pure: a row is shown by noise that its own values choose, so that a prediction depends on that row alone. Needs no native library.
/// Its noise is drawn for every row, so that it cannot be exported to ONNX.</para>
/// </remarks>
public sealed class WinnerTakeAllTransformer : ITransformer
{
    private readonly IHost _host;
    private readonly LabelValues? _labels;
    private readonly Lazy<CompetitiveScorer> _scorer;
    private readonly Lazy<ClassReadout> _readout;

    internal WinnerTakeAllTransformer(IHostEnvironment env, WinnerTakeAllModel model, LabelValues? labels)
    {
        (_host, Model, _labels) = (env.Register(nameof(WinnerTakeAllTransformer)), model, labels);
        (_scorer, _readout) = (new(() => CompetitiveScorer.Of(model)), new(() => new ClassReadout(model)));
    }

    /// <summary>What was learnt.</summary>
    public WinnerTakeAllModel Model { get; }

    /// <summary>What the classes are called, [K], in the order of the scores: the label's key values as text; "0", "1" and so on where it had none.</summary>
    public ImmutableArray<string> ClassNames
        => _labels?.Texts ?? [.. Enumerable.Range(0, Model.Classes).Select(k => k.ToString(CultureInfo.InvariantCulture))];

    /// <summary>The input column.</summary>
    public string FeatureColumnName => Model.Names.Features;

    bool ITransformer.IsRowToRowMapper => true;

    internal CompetitiveScorer Scorer => _scorer.Value;

    internal ClassReadout Readout => _readout.Value;

    /// <summary>The layer after it has gone on learning by STDP, without labels, from more rows: once each, at the rates that it had ended with.</summary>
    /// <remarks>
    /// Each neuron speaks for the class that it spoke for, though it may learn others. Not public: no use of it was found (docs/ablations.md, Lesions).
    /// </remarks>
    /// <param name="data">Rows with the feature column; labels are not read. Those that miss a feature are left out, with a warning.</param>
    /// <exception cref="ArgumentOutOfRangeException">The input column is absent or of another type.</exception>
    /// <exception cref="ArgumentException">The input column has a feature, by its SlotNames, that the layer was not trained on.</exception>
    /// <exception cref="InvalidOperationException">No row has all its features.</exception>
    internal WinnerTakeAllTransformer GoOn(IDataView data)
    {
        GetOutputSchema(data.Schema);
        DataViewSchema.Column features = data.Schema[FeatureColumnName];
        using IChannel channel = _host.Start("Training");
        var fit = new CompetitiveFit(_host, new WinnerTakeAllOptions { FeatureColumnName = FeatureColumnName });
        IntensitySamples samples = fit.Load(data, features, label: null, Model.Input, channel, FeatureOrder.Of(Model.FeatureNames, features));
        return new WinnerTakeAllTransformer(_host, fit.GoOn(Model, samples, channel), _labels);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The input column is absent or of another type.</exception>
    /// <exception cref="ArgumentException">The input column has a feature, by its SlotNames, that the layer was not trained on.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        TrainedColumn.Check(_host, "feature", inputSchema, FeatureColumnName, Model.Input, Model.FeatureNames);
        return MulticlassSchema.Extend(inputSchema, Model.Names, Model.Classes, Model.Network.Neurons, _labels);
    }

    /// <inheritdoc/>
    /// <remarks>Lazy: rows are scored in batches, when and only when a produced column is read.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The input column is absent or of another type.</exception>
    /// <exception cref="ArgumentException">The input column has a feature, by its SlotNames, that the layer was not trained on.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new AddedColumnsView(Columns(input.Schema), input);
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => new AddedColumnsMapper(Columns(inputSchema));

    // *** Binary format ***
    // Nothing: all is in entries of its own.
    void ICanSaveModel.Save(ModelSaveContext ctx) => MLNet.Save(ctx, WinnerTakeAllLoader.Version, writer =>
    {
        if (_labels is not null) SpikingModelFile.Write(writer.Entry, _labels);
        WinnerTakeAllFile.Write(writer, Model);
    });

    /// <exception cref="InvalidDataException">The model is damaged.</exception>
    internal static WinnerTakeAllTransformer Load(IHostEnvironment env, ModelReader reader)
    {
        WinnerTakeAllModel model = WinnerTakeAllFile.Read(reader, classes: true);
        return new WinnerTakeAllTransformer(env, model, SpikingModelFile.ReadClasses(reader, model.Classes));
    }

    private WinnerTakeAllColumns Columns(DataViewSchema input) => new(this, input, GetOutputSchema(input));
}
