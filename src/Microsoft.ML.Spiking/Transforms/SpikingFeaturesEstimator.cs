using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Spiking;

/// <summary>Makes a <see cref="SpikingFeaturesTransformer"/>, of a trained network or of one that it draws; from the data it learns only how large the features are.</summary>
public sealed class SpikingFeaturesEstimator : IEstimator<SpikingFeaturesTransformer>
{
    private const string Expected = "Vector<Single> of a known size or Vector<Boolean, [time, inputs]>";

    private readonly IHost _host;
    private readonly string _output;
    private readonly SpikingNetworkOptions _options;
    private readonly SpikingModel? _trained;

    internal SpikingFeaturesEstimator(IHostEnvironment env, string output, SpikingNetworkOptions options)
    {
        options.Check();
        Require.That(!string.IsNullOrWhiteSpace(output), "The output column's name of the spiking features is empty.");
        (_host, _output) = (env.Register(nameof(SpikingFeaturesEstimator)), output);
        _options = Drawn.Of(options) with { Seed = options.Seed ?? MLNet.Seed(env) ?? _host.Rand.Next() };
    }

    internal SpikingFeaturesEstimator(IHostEnvironment env, string output, SpikingModel trained)
        : this(env, output, trained.Options) => (_options, _trained) = (trained.Options, trained);

    /// <summary>Measures the features, in one pass over the data, and draws the columns; of a trained network, it only checks the input column.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The input column is absent or of another type.</exception>
    /// <exception cref="ArgumentException">The options do not fit the input column.</exception>
    /// <exception cref="InvalidOperationException">No row has features that are all finite numbers, or a row holds another number of values than the column's type says.</exception>
    public SpikingFeaturesTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Schema.GetColumnOrNull(_options.FeatureColumnName) is not { } column) throw MLNet.Missing(_host, "input", _options.FeatureColumnName);
        if (InputShape.Of(column.Type) is { } read && ModelSize.Fault(read) is { } tooWide) throw new ArgumentException(Trouble.Fit.Says(tooWide));
        if (InputShape.Of(column.Type) is not { } shape || (_options.Code is { } code ? code.Shape(shape) : shape) is not { } seen)
            throw MLNet.Mismatch(_host, "input", column.Name, Expected, column.Type.ToString()!);
        if (ModelSize.Fault(_options, seen, classes: 0, copies: 1, ModelSize.Memory) is { } tooLarge) throw new ArgumentException(Trouble.Fit.Says(tooLarge));
        LargestInputs.Check(_options, seen);
        _ = ReceptiveFields.Of(_options, seen);   // says what does not fit before all rows are read
        var transformer = new SpikingFeaturesTransformer(_host, _output, _trained ?? Draw(input, column, seen));
        transformer.GetOutputSchema(input.Schema);
        return transformer;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The input column is absent or of another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        const SchemaShape.Column.VectorKind Vector = SchemaShape.Column.VectorKind.Vector;
        ArgumentNullException.ThrowIfNull(inputSchema);
        if (MLNet.Find(inputSchema, _options.FeatureColumnName) is not { } column) throw MLNet.Missing(_host, "input", _options.FeatureColumnName);
        if (column.Kind != Vector || column.IsKey || !column.ItemType.Equals(NumberDataViewType.Single) && !column.ItemType.Equals(BooleanDataViewType.Instance))
            throw MLNet.Mismatch(_host, "input", column.Name, Expected, MLNet.TypeOf(column));
        var columns = inputSchema.ToDictionary(c => c.Name);
        columns[_output] = MLNet.Column(_output, Vector, NumberDataViewType.Single);
        return new SchemaShape(columns.Values);
    }

    private SpikingModel Draw(IDataView input, DataViewSchema.Column column, InputShape shape)
    {
        FeatureStatistics measured = shape.IsSpikeTrain ? FeatureStatistics.None : MeasuredColumn.Of(input, column, shape, _host);
        return Drawn.Model(LeftToData.Encoding(_options, shape, measured), shape, measured) with { FeatureNames = SlotNames.Of(column) };
    }
}
