using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Model;
using Microsoft.ML.Spiking.Transforms;

namespace Microsoft.ML.Spiking;

/// <summary>
/// Makes a <see cref="PoissonEncodingTransformer"/>; from the data it learns only how large the features are, and not that under
/// <see cref="FeatureScaling.None"/>.
/// </summary>
public sealed class PoissonEncodingEstimator : IEstimator<PoissonEncodingTransformer>
{
    private readonly IHost _host;
    private readonly PoissonEncoding _encoding;

    internal PoissonEncodingEstimator(IHostEnvironment env, PoissonEncoding encoding)
    {
        encoding.Check();
        (_host, _encoding) = (env.Register(nameof(PoissonEncodingEstimator)), encoding);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The input column is absent or not a Vector&lt;Single&gt; of a known size.</exception>
    /// <exception cref="InvalidOperationException">No row has features that are all finite numbers.</exception>
    public PoissonEncodingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var (column, shape) = PoissonEncodingTransformer.Input(_host, input.Schema, _encoding);
        if (_encoding.Scaling == FeatureScaling.None) return new PoissonEncodingTransformer(_host, _encoding, Standardisation.None);
        FeatureStatistics measured = MeasuredColumn.Of(input, column, shape, _host);
        FeatureScaling scaling = LeftToData.Scaling(_encoding.Scaling, measured);
        return new PoissonEncodingTransformer(_host, _encoding with { Scaling = scaling }, Standardisation.ToIntensities(measured, scaling));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The input column is absent or not a Vector&lt;Single&gt; of a known size.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        if (MLNet.Find(inputSchema, _encoding.InputColumnName) is not { } column) throw MLNet.Missing(_host, "input", _encoding.InputColumnName);
        if (column.Kind != SchemaShape.Column.VectorKind.Vector || column.IsKey || !column.ItemType.Equals(NumberDataViewType.Single))
            throw MLNet.Mismatch(_host, "input", _encoding.InputColumnName, "Vector<Single> of a known size", MLNet.TypeOf(column));
        var columns = inputSchema.ToDictionary(c => c.Name);
        columns[_encoding.OutputColumnName] = MLNet.Column(_encoding.OutputColumnName, SchemaShape.Column.VectorKind.Vector, BooleanDataViewType.Instance);
        return new SchemaShape(columns.Values);
    }
}
