using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Hosting;
using Microsoft.ML.Spiking.Scoring;
using Microsoft.ML.Spiking.Storage;
using Microsoft.ML.Spiking.Transforms;

namespace Microsoft.ML.Spiking;

/// <summary>
/// Adds the spike rates of a network's neurons, Vector&lt;Single, neurons&gt;, of those that its readout reads, as features for other trainers.
/// </summary>
/// <remarks>
/// A rate is a neuron's spikes per time step, negative for inhibitory neurons, as the network's own readout would read it.
/// Where a feature is not a finite number, or the vector is null, the rates are NaN; a vector of another length is an error.
/// Features are found by their names (SlotNames), where both the network and the input have them, as <see cref="SpikingNetworkTransformer"/> finds them.
/// Thread-safe and pure: a row's rates depend on that row alone. Needs no native library.
/// </remarks>
public sealed class SpikingFeaturesTransformer : ITransformer
{
    private readonly IHost _host;
    private readonly Lazy<NeuronRates> _rates;

    internal SpikingFeaturesTransformer(IHostEnvironment env, string output, SpikingModel model)
    {
        (_host, OutputColumnName, Model) = (env.Register(nameof(SpikingFeaturesTransformer)), output, model);
        _rates = new(() => new NeuronRates(model));
    }

    /// <summary>The network, without a readout: its <see cref="SpikingModel.Classes"/> is 0.</summary>
    public SpikingModel Model { get; }

    /// <summary>The rates.</summary>
    public string OutputColumnName { get; }

    /// <summary>What the columns are shown.</summary>
    public string InputColumnName => Model.Names.Features;

    bool ITransformer.IsRowToRowMapper => true;

    internal NeuronRates Rates => _rates.Value;

    /// <summary>Whether its time steps are a loop in ONNX, however few they are.</summary>
    internal bool LoopsInOnnx { get; init; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The input column is absent or of another type.</exception>
    /// <exception cref="ArgumentException">The input column has a feature, by its SlotNames, that the network does not know, or says that its time steps are of
    /// another length than those that the network was trained on.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        TrainedColumn.Check(_host, "input", inputSchema, InputColumnName, Model);
        var schema = new DataViewSchema.Builder();
        schema.AddColumns(inputSchema);
        schema.AddColumn(OutputColumnName, new VectorDataViewType(NumberDataViewType.Single, Model.Network.ReadRates(Model.Input)));
        return schema.ToSchema();
    }

    /// <inheritdoc/>
    /// <remarks>Lazy: rows are shown to the columns in batches, when and only when the rates are read.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The input column is absent or of another type.</exception>
    /// <exception cref="ArgumentException">The input column has a feature, by its SlotNames, that the network does not know, or says that its time steps are of
    /// another length than those that the network was trained on.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new AddedColumnsView(Columns(input.Schema), input);
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => new AddedColumnsMapper(Columns(inputSchema));

    void ICanSaveModel.Save(ModelSaveContext ctx) => MLNet.Save(ctx, SpikingFeaturesLoader.Version, writer =>
    {
        // *** Binary format ***
        // string: output column. The rest is in entries of its own.
        writer.Key.Write(OutputColumnName);
        SpikingModelFile.Write(writer, Model);
    });

    /// <exception cref="InvalidDataException">The model is damaged.</exception>
    internal static SpikingFeaturesTransformer Load(IHostEnvironment env, ModelReader reader)
    {
        string output = reader.OfKey(key => key.Text());
        if (string.IsNullOrWhiteSpace(output)) throw Trouble.Model.InvalidData("The model is damaged: it names no output column.");
        return new(env, output, SpikingModelFile.Read(reader, Rehearsal.Start));
    }

    private SpikingFeaturesColumns Columns(DataViewSchema input) => new(this, input, GetOutputSchema(input));
}
