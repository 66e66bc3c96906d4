using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Spiking.Competition;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Hosting;
using Microsoft.ML.Spiking.Scoring;

namespace Microsoft.ML.Spiking;

/// <summary>Adds the spikes of a winner-take-all layer's neurons in a row, a sparse Vector&lt;Single, neurons&gt;, as features for other trainers.</summary>
/// <remarks>
/// <para>They are counts: 0 of most neurons, and at most <see cref="WinnerTakeAllNetwork.TimeSteps"/> of all together. Where a feature is not a finite
/// number, or the vector is null, all are NaN; a vector of another length is an error. Features are found by their names (SlotNames), where both the layer
/// and the input have them.</para>
/// <para>Thread-safe and pure: a row is shown by noise that its own values choose, so that its spikes depend on that row alone. Needs no native library.</para>
/// </remarks>
public sealed class WinnerTakeAllFeaturesTransformer : ITransformer
{
    private readonly IHost _host;
    private readonly Lazy<CompetitiveScorer> _scorer;

    internal WinnerTakeAllFeaturesTransformer(IHostEnvironment env, string output, WinnerTakeAllModel model)
    {
        (_host, OutputColumnName, Model) = (env.Register(nameof(WinnerTakeAllFeaturesTransformer)), output, model);
        _scorer = new(() => CompetitiveScorer.Of(model));
    }

    /// <summary>What was learnt; its <see cref="WinnerTakeAllModel.Classes"/> is 0.</summary>
    public WinnerTakeAllModel Model { get; }

    /// <summary>The spikes.</summary>
    public string OutputColumnName { get; }

    /// <summary>What the layer is shown.</summary>
    public string InputColumnName => Model.Names.Features;

    bool ITransformer.IsRowToRowMapper => true;

    internal CompetitiveScorer Scorer => _scorer.Value;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The input column is absent or of another type.</exception>
    /// <exception cref="ArgumentException">The input column has a feature, by its SlotNames, that the layer was not trained on.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        TrainedColumn.Check(_host, "input", inputSchema, InputColumnName, Model.Input, Model.FeatureNames);
        var schema = new DataViewSchema.Builder();
        schema.AddColumns(inputSchema);
        schema.AddColumn(OutputColumnName, new VectorDataViewType(NumberDataViewType.Single, Model.Network.Neurons));
        return schema.ToSchema();
    }

    /// <inheritdoc/>
    /// <remarks>Lazy: rows are shown to the layer in batches, when and only when the spikes are read.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The input column is absent or of another type.</exception>
    /// <exception cref="ArgumentException">The input column has a feature, by its SlotNames, that the layer was not trained on.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new AddedColumnsView(Columns(input.Schema), input);
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => new AddedColumnsMapper(Columns(inputSchema));

    void ICanSaveModel.Save(ModelSaveContext ctx) => MLNet.Save(ctx, WinnerTakeAllFeaturesLoader.Version, writer =>
    {
        // *** Binary format ***
        // string: output column. The rest is in entries of its own.
        writer.Key.Write(OutputColumnName);
        WinnerTakeAllFile.Write(writer, Model);
    });

    /// <exception cref="InvalidDataException">The model is damaged.</exception>
    internal static WinnerTakeAllFeaturesTransformer Load(IHostEnvironment env, ModelReader reader)
    {
        string output = reader.OfKey(key => key.Text());
        if (string.IsNullOrWhiteSpace(output)) throw Trouble.Model.InvalidData("The model is damaged: it names no output column.");
        return new(env, output, WinnerTakeAllFile.Read(reader, classes: false));
    }

    private WinnerTakeAllFeaturesColumns Columns(DataViewSchema input) => new(this, input, GetOutputSchema(input));
}
