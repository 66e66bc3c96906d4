using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Hosting;
using Microsoft.ML.Spiking.Model;
using Microsoft.ML.Spiking.Transforms;

namespace Microsoft.ML.Spiking;

/// <summary>
/// Makes a <see cref="SpikingFeaturesTransformer"/>, of a trained network or of one that it draws; from the data it learns only how large the features are.
/// </summary>
public sealed class SpikingFeaturesEstimator : IEstimator<SpikingFeaturesTransformer>
{
    private const string Expected = "Vector<Single> of a known size or Vector<Boolean, [time, inputs]>";

    private readonly IHost _host;
    private readonly string _output;
    private readonly SpikingNetwork _network;
    private readonly ColumnNames _names;
    private readonly int _seed;
    private readonly SpikingModel? _trained;

    internal SpikingFeaturesEstimator(IHostEnvironment env, string output, string input, SpikingNetwork network, int? seed)
    {
        network.Check();
        Require.That(!string.IsNullOrWhiteSpace(output) && !string.IsNullOrWhiteSpace(input), "A column's name of the spiking features is empty.");
        (_host, _output) = (env.Register(nameof(SpikingFeaturesEstimator)), output);
        (_network, _names) = (Drawn.Of(network), ColumnNames.Default with { Features = input });
        _seed = seed ?? MLNet.Seed(env) ?? _host.Rand.Next();
    }

    internal SpikingFeaturesEstimator(IHostEnvironment env, string output, SpikingModel trained)
        : this(env, output, trained.Names.Features, trained.Network, trained.Training.Seed) => (_network, _trained) = (trained.Network, trained);

    /// <summary>Measures the features, in one pass over the data, and draws the columns; of a trained network, it only checks the input column.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The input column is absent or of another type.</exception>
    /// <exception cref="ArgumentException">The options do not fit the input column.</exception>
    /// <exception cref="InvalidOperationException">No row has features that are all finite numbers, or a row holds another number of values than the column's
    /// type says.</exception>
    public SpikingFeaturesTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Schema.GetColumnOrNull(_names.Features) is not { } column) throw MLNet.Missing(_host, "input", _names.Features);
        if (InputShape.Of(column.Type) is { } read && ModelSize.Fault(read) is { } tooWide) throw Trouble.Fit.Argument(tooWide);
        if (InputShape.Of(column.Type) is not { } shape || _network.Shape(shape) is not { } seen)
            throw MLNet.Mismatch(_host, "input", column.Name, Expected, column.Type.ToString()!);
        _network.CheckFit(seen, classes: 0, copies: 1);
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
        if (MLNet.Find(inputSchema, _names.Features) is not { } column) throw MLNet.Missing(_host, "input", _names.Features);
        if (column.Kind != Vector || column.IsKey
            || !column.ItemType.Equals(NumberDataViewType.Single) && !column.ItemType.Equals(BooleanDataViewType.Instance))
            throw MLNet.Mismatch(_host, "input", column.Name, Expected, MLNet.TypeOf(column));
        var columns = inputSchema.ToDictionary(c => c.Name);
        columns[_output] = MLNet.Column(_output, Vector, NumberDataViewType.Single);
        return new SchemaShape(columns.Values);
    }

    private SpikingModel Draw(IDataView input, DataViewSchema.Column column, InputShape shape)
    {
        FeatureStatistics measured = shape.IsSpikeTrain ? FeatureStatistics.None : MeasuredColumn.Of(input, column, shape, _host);
        return Drawn.Model(LeftToData.Encoding(_network, shape, measured), _names, _seed, shape, measured) with
        {
            FeatureNames = SlotNames.Of(column),
            BinWidth = StepWidth.Of(column),
        };
    }
}
