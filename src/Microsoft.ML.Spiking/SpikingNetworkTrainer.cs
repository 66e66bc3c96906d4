using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Spiking.Fitting;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Hosting;
using Microsoft.ML.Spiking.Model;
using Microsoft.ML.Spiking.Samples;

namespace Microsoft.ML.Spiking;

/// <summary>Trains a spiking network of cortical columns to tell classes apart.</summary>
/// <remarks>
/// <para><b>Input and output columns.</b> The label is a key; the input is Vector&lt;Single&gt; of a known size (intensities, which the trainer turns
/// into spikes itself, with fresh noise at every look) or Vector&lt;Boolean, [time, inputs]&gt; (spike trains). The outputs are PredictedLabel (key), Score
/// (probabilities, Vector&lt;Single, classes&gt;) and SpikeRate (Vector&lt;Single, columns&gt;).</para>
/// <para><b>Trainer characteristics.</b> Multiclass classification (<see cref="SpikingNetworkBinaryTrainer"/> is for a Boolean label; there is no
/// regression yet); needs no normalisation, since it measures the features and scales
/// them (<see cref="SpikingNetwork.Scaling"/>); reads the data
/// once, into memory, so that no cache is needed, or, where they do not fit (<see cref="SpikingNetworkOptions.RowMemory"/>), once more in each epoch; trains
/// in managed code on the CPU, or on a CUDA GPU where the application has Microsoft.ML.Spiking.TorchSharp and a package of libtorch. Rows
/// whose label, features or weight are missing, a number that is not finite or a vector that is null, are left out, with one warning; a vector of another
/// length than the column's is an error. What a validation set's features and classes are is told by their names, SlotNames and KeyValues, where both sets have
/// them.</para>
/// <para>In managed code the same seed and data give the same model to the byte on every processor, with any number of threads.</para>
/// </remarks>
public sealed class SpikingNetworkTrainer : IEstimator<SpikingNetworkTransformer>
{
    private const string Expected = "Vector<Single> of a known size or Vector<Boolean, [time, inputs]>";

    private const string Image = "an image, Vector<Single, [height, width]> or with up to 4 channels before or after, as Augmentation and ReceptiveField need";

    private readonly IHost _host;
    private readonly SpikingNetworkOptions _options;
    private readonly ClassLabel _label;

    internal SpikingNetworkTrainer(IHostEnvironment env, SpikingNetworkOptions options) : this(env, options, new KeyLabel(), nameof(SpikingNetworkTrainer)) { }

    /// <param name="env">The MLContext's.</param>
    /// <param name="options">How it is built and trained.</param>
    /// <param name="label">What is taken for a label.</param>
    /// <param name="name">The trainer that the log names.</param>
    internal SpikingNetworkTrainer(IHostEnvironment env, SpikingNetworkOptions options, ClassLabel label, string name)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        (_host, _options, _label) = (env.Register(name), options, label);
    }

    /// <summary>Trains on the data; a second call starts afresh.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is absent or of another type.</exception>
    /// <exception cref="InvalidOperationException">No row can be trained on, or only rows of one class, a row holds another number of values than the column's
    /// type says, a weight is negative or infinite, rows that are read again are not what they were, libtorch cannot be loaded, or the GPU that was asked for
    /// is not there.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled, and <see cref="SpikingNetworkOptions.OnCancel"/> says to throw, or no batch had
    /// been trained.</exception>
    /// <exception cref="InvalidDataException">The checkpoint to resume from is damaged, or of a format that this version does not read.</exception>
    /// <exception cref="ArgumentException">The checkpoint belongs to other options or other data, or the options do not fit the data.</exception>
    /// <exception cref="IOException">The checkpoint to resume from cannot be read, none can be written where
    /// <see cref="SpikingNetworkOptions.CheckpointPath"/> says, or another training writes its own there.</exception>
    public SpikingNetworkTransformer Fit(IDataView input) => Train(input, start: null);

    /// <summary>
    /// Trains on from what a network has learnt, wherever that was: its weights, graphs, rates and standardisation take the place of drawn ones.
    /// </summary>
    /// <remarks>
    /// The options' network must be the model's own, <c>options with { Network = start.Network }</c>, and the data must have its classes and features, in
    /// their order. The optimiser, STDP's traces and potentials, which a model does not have, begin anew; to go on to the bit, there is
    /// <see cref="SpikingNetworkOptions.ResumeFrom"/>.
    /// </remarks>
    /// <param name="input">The training data.</param>
    /// <param name="start">What to begin with.</param>
    /// <exception cref="ArgumentException">The model does not go with the options or the data, or as in <see cref="Fit(IDataView)"/>.</exception>
    /// <inheritdoc cref="Fit(IDataView)"/>
    public SpikingNetworkTransformer Fit(IDataView input, SpikingModel start)
    {
        ArgumentNullException.ThrowIfNull(start);
        return Train(input, start);
    }

    private SpikingNetworkTransformer Train(IDataView input, SpikingModel? start)
    {
        ArgumentNullException.ThrowIfNull(input);
        var shared = new SharedTraining(_options.Communicator);
        using IChannel channel = _host.Start("Training");
        // Whatever a process may find wrong by itself, it finds before the others begin to count on it.
        var (columns, engine) = shared.Begin(() => (Columns(input.Schema), EngineChoice.Make(_options, _host, channel)));
        shared.Agree(_options);
        Checkpoint? from = shared.Resumed(_options.ResumeFrom);
        int seed = shared.OfFirst(_options.Seed ?? from?.Header.Seed ?? MLNet.Seed(_host) ?? _host.Rand.Next());
        using SoleWriter? target = shared.Begin(() => _options.CheckpointPath is { } file && shared.IsFirst ? CheckpointFile.Reserve(file) : null);
        // Whether rows were held goes on with a training, whatever room there is now.
        SpikingNetworkOptions options = _options with { BlockRows = _options.BlockRows ?? from?.BlockRows };
        RowRoom room = shared.Room(options);
        TrainingRun run = shared.Begin(() =>
        {
            TrainingData data = Load(new SampleLoader(options, room, _host, channel), input, columns, seed);
            from?.CheckHeld(options, data.Training is StreamedRows);
            if (engine.IsManaged)
                BatchMemory.Check(LeftToData.Schedule(options, data.Training.Count), columns.Input, data.Training.Count);
            return new TrainingRun(options, data, columns, seed, engine, _host, channel, shared, start);
        });
        SpikingModel model = shared.Run(() => run.Run(from));
        return new SpikingNetworkTransformer(_host, model, _label.Outputs(columns.Label));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">A column is absent or of another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return _label.Promise(inputSchema, _options.Names, CheckColumns(inputSchema));
    }

    private TrainingData Load(SampleLoader loader, IDataView input, TrainingColumns columns, int seed)
    {
        if (_options.ValidationSet is not { } set)
            return Validated(WithClasses(loader.ToLearnFrom(input, columns, _options.ValidationFraction, seed), columns));

        RequirePrepared(set.Schema, columns);
        TrainingColumns validation = Columns(set.Schema);
        if (columns.Input.Accepts(validation.Features.Type)) validation = validation.SeenBy(columns);
        // Fewer classes are well: a small set may lack some.
        if (!columns.Input.Accepts(validation.Features.Type) || validation.Classes > columns.Classes)
            throw Trouble.Fit.Argument($"The validation set holds {validation.Features.Type} and {validation.Classes} classes, the "
                + $"training set {columns.Features.Type} and {columns.Classes}; "
                + "give the validation set what the training set went through.", nameof(input));
        TrainingData training = WithClasses(loader.ToLearnFrom(input, columns, validationFraction: 0, seed), columns);
        return training with { Validation = loader.ToMeasureOn(set, validation) };
    }

    /// <summary>Rows as they were before the steps of the pipeline are the usual mistake, and ML.NET's sentence would be of the training set.</summary>
    private static void RequirePrepared(DataViewSchema validation, TrainingColumns columns)
    {
        foreach (DataViewSchema.Column trained in (DataViewSchema.Column[])[columns.Features, columns.Label])
        {
            DataViewType? its = validation.GetColumnOrNull(trained.Name)?.Type;
            if (its?.GetType() != trained.Type.GetType())
                throw Trouble.Fit.Argument($"The validation set has {(its is null ? "no column" : $"{its} in the column")} '{trained.Name}', but the training "
                    + $"set has {trained.Type} there; give the validation set what the training set went through, as in "
                    + "steps.Fit(training).Transform(validation).",
                    nameof(validation));
        }
    }

    private static TrainingData WithClasses(TrainingData data, TrainingColumns columns)
    {
        int count = data.Training.Count, label = data.Training.First.Labels[0];
        if (data.Training.OfClasses(columns.Classes)[label] < count) return data;
        string rows = count == 1 ? "There is one row to train on, and it is" : $"All {count} rows to train on are",
            name = columns.Target.Outputs(columns.Label).ClassNames(columns.Classes)[label];
        throw Trouble.NoRows.InvalidOperation($"{rows} of class '{name}', but training tells two classes or more apart; give rows of other classes too"
            + (columns.Target is KeyLabel && label == 0 && LabelValues.Of(columns.Label) is null
                ? ", and where labels are missing, know that a key in memory counts from 0: 0 is the first class, and a number beyond the last is none."
                : "."));
    }

    private TrainingData Validated(TrainingData data)
    {
        if (_options.EarlyStopping is not null && data.Validation is null)
            throw Trouble.Fit.InvalidOperation($"EarlyStopping is on, but a ValidationFraction of {_options.ValidationFraction} of "
                + $"{data.Training.Count} rows left none to measure on; make it larger.");
        return data;
    }

    private TrainingColumns Columns(DataViewSchema schema)
    {
        CheckColumns(MLNet.Shape(schema));
        DataViewSchema.Column features = schema[_options.FeatureColumnName], label = schema[_options.LabelColumnName];
        InputShape column = InputShape.Of(features.Type)
            ?? throw MLNet.Mismatch(_host, "feature", features.Name, Expected, features.Type.ToString()!);
        if (ModelSize.Fault(column) is { } tooWide) throw Trouble.Fit.Argument(tooWide);
        InputShape shape = _options.Network.Shape(column)
            ?? throw MLNet.Mismatch(_host, "feature", features.Name,
                $"Vector<Single, [time, inputs]>, a sequence, which {_options.Network.Code!.GetType().Name} encodes", features.Type.ToString()!);
        if (shape.Image is null && (_options.Augmentation is not null || _options.Network.Layers[0] is ColumnLayer { ReceptiveField: not null }))
            throw MLNet.Mismatch(_host, "feature", features.Name, Image, features.Type.ToString()!);
        ulong classes = _label.Classes(label.Type);
        if (classes > int.MaxValue) throw MLNet.Mismatch(_host, "label", label.Name, $"a key of at most {int.MaxValue} classes", label.Type.ToString()!);
        _options.Network.CheckFit(shape, (int)classes, ModelSize.InTraining);
        if (_options.Augmentation is { } augmentation && shape.Image is { } image && augmentation.MaximumShift >= Math.Max(image.Height, image.Width))
            throw Trouble.Fit.Argument($"Augmentation.MaximumShift is {augmentation.MaximumShift}, but the images of {image.Height} by "
                + $"{image.Width} pixels would leave the picture; make it smaller.");
        return new TrainingColumns(features, label, shape, (int)classes, _label, _options.ExampleWeightColumnName is { } weight ? schema[weight] : null);
    }

    private SchemaShape.Column CheckColumns(SchemaShape schema)
    {
        const SchemaShape.Column.VectorKind Vector = SchemaShape.Column.VectorKind.Vector;
        if (MLNet.Find(schema, _options.FeatureColumnName) is not { } features) throw MLNet.Missing(_host, "feature", _options.FeatureColumnName);
        if (features.Kind != Vector || features.IsKey
            || !features.ItemType.Equals(NumberDataViewType.Single) && !features.ItemType.Equals(BooleanDataViewType.Instance))
            throw MLNet.Mismatch(_host, "feature", features.Name, Expected, MLNet.TypeOf(features));
        if (MLNet.Find(schema, _options.LabelColumnName) is not { } label) throw MLNet.Missing(_host, "label", _options.LabelColumnName);
        if (_label.Instead(label) is { } wanted) throw MLNet.Mismatch(_host, "label", label.Name, wanted, MLNet.TypeOf(label));
        if (_options.ExampleWeightColumnName is not { } name) return label;
        if (MLNet.Find(schema, name) is not { } weight) throw MLNet.Missing(_host, "weight", name);
        if (weight.Kind != SchemaShape.Column.VectorKind.Scalar || weight.IsKey || !weight.ItemType.Equals(NumberDataViewType.Single))
            throw MLNet.Mismatch(_host, "weight", name, "Single", MLNet.TypeOf(weight));
        return label;
    }
}
