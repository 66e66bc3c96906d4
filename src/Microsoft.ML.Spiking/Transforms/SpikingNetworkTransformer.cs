using System.Collections.Immutable;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Hosting;
using Microsoft.ML.Spiking.Scoring;
using Microsoft.ML.Spiking.Storage;
using Microsoft.ML.Spiking.Transforms;

namespace Microsoft.ML.Spiking;

/// <summary>A trained spiking network in a pipeline: adds PredictedLabel, Score and SpikeRate, and Probability where it answers yes or no.</summary>
/// <remarks>
/// <para>Of a multiclass trainer, PredictedLabel is a key of the classes and Score the probability of each, Vector&lt;Single, classes&gt;. Where a feature is
/// not a finite number, or the vector is null, scores are NaN and the label is missing: key 0, which MapKeyToValue makes an empty text, as SdcaMaximumEntropy
/// and LbfgsMaximumEntropy show such a row.</para>
/// <para>Of the binary trainer, PredictedLabel is a Boolean, Score its log-odds, Single, and Probability that of true, Single. A Boolean cannot be missing: of
/// such a row Score and Probability are NaN and PredictedLabel is false, as ML.NET's own trainers have it.</para>
/// <para>SpikeRate is the spikes per neuron and time step of each cortical column of each layer, Vector&lt;Single, columns&gt;; NaN of such a row. A vector of
/// another length than the column's is an error.</para>
/// <para>Where it is asked for (<see cref="SpikingNetworkOptions.CostColumnName"/>, <see cref="WithCost"/>), a column says what the row cost; NaN of a missing
/// row. Counting takes time; without that column nothing is counted.</para>
/// <para>Where the network was trained on named features (SlotNames, as Concatenate and TextLoader give them) and the input has names too, it finds them by
/// name, in whatever order they come; a name that it does not know is an error. Features without names, as a class for PredictionEngine has them, go by their
/// places.</para>
/// <para>Thread-safe and pure: a row's prediction depends on that row alone. Needs no native library, and holds nothing that must be given back: it goes on
/// working when a PredictionEngine that owned it (PredictionEngineOptions.OwnsTransformer) is disposed.</para>
/// <para>ml.Model.ConvertToOnnx, of the package Microsoft.ML.OnnxConverter, exports it with the pipeline around it; what ONNX cannot be exactly, noise that is
/// drawn for every row for one, is refused with a NotSupportedException that says why.</para>
/// </remarks>
public sealed partial class SpikingNetworkTransformer : ISingleFeaturePredictionTransformer<SpikingModel>
{
    private readonly IHost _host;
    private readonly Lazy<SpikingScorer> _scorer;

    internal SpikingNetworkTransformer(IHostEnvironment env, SpikingModel model, LabelValues? labels) : this(env, model, new MulticlassOutputs(labels)) { }

    internal SpikingNetworkTransformer(IHostEnvironment env, SpikingModel model, ClassOutputs outputs)
        : this(env, model, outputs, new(() => new SpikingScorer(model))) { }

    private SpikingNetworkTransformer(IHostEnvironment env, SpikingModel model, ClassOutputs outputs, Lazy<SpikingScorer> scorer)
    {
        _host = env.Register(nameof(SpikingNetworkTransformer));
        (Model, Outputs, _scorer) = (model, outputs, scorer);
    }

    /// <summary>The spiking network of a model, as ML.NET loads it: the model itself, or a step of its pipeline.</summary>
    /// <exception cref="ArgumentException">There is none, or more than one.</exception>
    public static SpikingNetworkTransformer Of(ITransformer model)
    {
        ArgumentNullException.ThrowIfNull(model);
        SpikingNetworkTransformer[] networks = [.. Steps(model).OfType<SpikingNetworkTransformer>()];
        return networks is [var network]
            ? network
            : throw Trouble.NoNetwork.Argument($"The model holds {(networks.Length == 0 ? "no" : $"{networks.Length}")} spiking networks, of "
                + $"{string.Join(", ", Steps(model).Select(step => step.GetType().Name))}, but exactly one is needed.");
    }

    /// <summary>What was learnt.</summary>
    public SpikingModel Model { get; }

    /// <summary>
    /// What the classes are called, [K], in the order of the scores: the label's key values as text; "0", "1" and so on where it had none; "False" and "True"
    /// of a Boolean.
    /// </summary>
    public ImmutableArray<string> ClassNames => Outputs.ClassNames(Model.Classes);

    /// <summary>The input column.</summary>
    public string FeatureColumnName => Model.Names.Features;

    /// <summary>The input column's type in training; intensities may come in any arrangement of the same size.</summary>
    public DataViewType FeatureColumnType => Model.Input.ColumnType;

    bool ITransformer.IsRowToRowMapper => true;

    internal SpikingScorer Scorer => _scorer.Value;

    /// <summary>What it adds to the rows.</summary>
    internal ClassOutputs Outputs { get; }

    /// <summary>Whether its time steps are a loop in ONNX, however few they are.</summary>
    internal bool LoopsInOnnx { get; init; }

    /// <summary>
    /// The same network, with which it shares the weights, that also says what each prediction cost, as <see cref="SpikingNetworkOptions.CostColumnName"/> has
    /// it.
    /// </summary>
    /// <param name="costColumnName">The column; null for none.</param>
    /// <exception cref="ArgumentException">The name is empty, or that of another of the network's columns.</exception>
    public SpikingNetworkTransformer WithCost(string? costColumnName = "Cost")
    {
        ColumnNames names = Model.Names with { Cost = costColumnName };
        names.Check();
        names.CheckOutputs(binary: Outputs is BinaryOutputs);
        return new(_host, Model with { Names = names }, Outputs, _scorer);
    }

    /// <summary>
    /// The network adapted, without labels, to rows that look otherwise than those of training: darker or brighter, noisy or hazy, from an ageing sensor.
    /// </summary>
    /// <remarks>
    /// <para>Homeostasis at work after training, as synaptic scaling (Turrigiano 2008): where the usual rows are given, the input weights of each neuron are
    /// multiplied by one factor, such that on the new rows it fires at the mean rate that it has on the usual ones; without them, those of each column, towards
    /// <see cref="TrainedLayer.AverageRate"/>, which heals what strikes all neurons alike. So the rows must be as mixed as the usual ones: of a single class
    /// they would teach a lie.</para>
    /// <para>The readout, the graph and the transformer itself stay as they are. The same rows give the same network, to the bit.</para>
    /// </remarks>
    /// <param name="data">Rows with the feature column; labels are not read. Those that miss a feature are passed over.</param>
    /// <param name="usual">Rows as the network knows them, some of those of training for one; null where there are none at hand.</param>
    /// <param name="options">How far it goes; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">The feature column is absent or of another type.</exception>
    /// <exception cref="ArgumentException">An option cannot be, or the feature column has a feature, by its SlotNames, that the network does not
    /// know.</exception>
    /// <exception cref="InvalidOperationException">No row has all its features.</exception>
    public SpikingNetworkTransformer Adapt(IDataView data, IDataView? usual = null, AdaptationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        options ??= new AdaptationOptions();
        options.Check();
        float[]? wanted = null;
        if (usual is not null)
        {
            (SampleBatch known, int count) = ReadSome(usual, options.MaximumRows);
            wanted = RateAdaptation.Rates(Model, known, count);
        }
        (SampleBatch batch, int rows) = ReadSome(data, options.MaximumRows);
        return new SpikingNetworkTransformer(_host, RateAdaptation.Of(Model, batch, rows, wanted, options), Outputs);
    }

    /// <summary>The same network that is shown each row for fewer steps; its homeostasis reads the rates that its columns then have.</summary>
    /// <param name="steps">Time steps.</param>
    /// <param name="data">Rows whose first ones, without their labels, say what those rates are; at least one of them misses nothing.</param>
    internal SpikingNetworkTransformer AtSteps(int steps, IDataView data)
    {
        const int RowsOfRates = 1000;
        (SampleBatch batch, int rows) = ReadSome(data, RowsOfRates);
        SpikingModel shorter = Model with { Network = Model.Network with { TimeSteps = steps } };
        return new SpikingNetworkTransformer(_host, RateAdaptation.Measured(shorter, batch, rows), Outputs);
    }

    /// <summary>The same network with a key and a score for each class, however it was trained: for those who show all classes alike.</summary>
    internal SpikingNetworkTransformer OfClasses() => Outputs is MulticlassOutputs ? this : new(_host, Model, LabelValues.Of(ClassNames));

    /// <summary>
    /// A session that scores a sequence while it comes, time step by time step. Of a pipeline, <see cref="Of"/> gives the network; what the pipeline does
    /// before it, such as filling gaps, is left to the caller.
    /// </summary>
    /// <exception cref="InvalidOperationException">The network reads no sequences.</exception>
    public SpikingSession CreateSession() => new(Model, Scorer, ClassNames);

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The input column is absent or of another type.</exception>
    /// <exception cref="ArgumentException">The input column has a feature, by its SlotNames, that the network was not trained on.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        TrainedColumn.Check(_host, "feature", inputSchema, FeatureColumnName, Model);
        return Outputs.Extend(inputSchema, Model);
    }

    /// <inheritdoc/>
    /// <remarks>Lazy: rows are scored in batches, when and only when a produced column is read.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The input column is absent or of another type.</exception>
    /// <exception cref="ArgumentException">The input column has a feature, by its SlotNames, that the network was not trained on.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new AddedColumnsView(Columns(input.Schema), input);
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => new AddedColumnsMapper(Columns(inputSchema));

    void ICanSaveModel.Save(ModelSaveContext ctx) => Outputs.Save(ctx, _host, Model);

    /// <exception cref="InvalidDataException">The model is damaged.</exception>
    internal static SpikingNetworkTransformer Load(IHostEnvironment env, ModelReader reader, Func<SpikingModel, ClassOutputs> outputsOf)
    {
        SpikingModel model = SpikingModelFile.Read(reader, Rehearsal.Start);
        if (model.Classes == 0) throw Trouble.Model.InvalidData("The model is damaged: it names no classes.");
        ClassOutputs outputs = outputsOf(model);
        SpikingModelFile.Possible(() => model.Names.CheckOutputs(binary: outputs is BinaryOutputs));
        return new SpikingNetworkTransformer(env, model, outputs);
    }

    /// <summary>A model's steps in their order, those of pipelines within pipelines too.</summary>
    internal static IEnumerable<ITransformer> Steps(ITransformer model) => model is IEnumerable<ITransformer> chain ? chain.SelectMany(Steps) : [model];

    /// <summary>The first rows that miss nothing.</summary>
    private (SampleBatch Batch, int Rows) ReadSome(IDataView data, int most)
    {
        GetOutputSchema(data.Schema);
        DataViewSchema.Column features = data.Schema[FeatureColumnName];
        using DataViewRowCursor cursor = data.GetRowCursor([features]);
        SampleReader reader = SampleReader.Create(cursor, features, Model.Input, FeatureOrder.Of(Model, features));
        var samples = new ReadAheadSamples(reader, most);
        int rows = 0;
        while (rows < most && cursor.MoveNext())
        {
            MLNet.CheckAlive(_host);
            samples.Read(rows);
            if (!samples.IsMissing(rows)) rows++;
        }
        return rows > 0
            ? (samples.Batch, rows)
            : throw Trouble.NoRows.InvalidOperation(
                $"There is nothing to adapt to: no row of '{FeatureColumnName}' holds finite numbers only; give rows that do.");
    }

    private SpikingNetworkColumns Columns(DataViewSchema input) => new(this, input, GetOutputSchema(input));
}
