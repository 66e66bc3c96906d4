using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Hosting;
using Microsoft.ML.Spiking.Storage;
using Microsoft.ML.Spiking.Transforms;

namespace Microsoft.ML.Spiking;

/// <summary>Turns intensities into spike trains: Vector&lt;Single&gt; of n inputs into a sparse Vector&lt;Boolean, [time, n]&gt;.</summary>
/// <remarks>
/// In each time step each input spikes, independently of all else, with probability <c>MaximumProbability · clamp(x, 0, 1)</c>,
/// where x is the feature as <see cref="Standardisation"/> scales it.
/// The noise is a function of seed, the row's values, input and time: every cursor and every prediction engine sees the same spikes for the same row.
/// A value that is not a number does not spike, as ML.NET reads a missing Boolean as false; a vector that is null, a missing row, gives one that is null (of no
/// values, as ML.NET passes null on), which the trainer of spiking networks leaves out as missing. A vector of any other length than the column's is an error.
/// </remarks>
public sealed class PoissonEncodingTransformer : ITransformer
{
    private readonly IHost _host;

    internal PoissonEncodingTransformer(IHostEnvironment env, PoissonEncoding encoding, Standardisation standardisation)
        => (_host, Encoding, Standardisation) = (env.Register(nameof(PoissonEncodingTransformer)), encoding, standardisation);

    /// <summary>What it does.</summary>
    public PoissonEncoding Encoding { get; }

    /// <summary>How features become intensities from 0 to 1.</summary>
    public Standardisation Standardisation { get; }

    bool ITransformer.IsRowToRowMapper => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The input column is absent or not a Vector&lt;Single&gt; of a known size.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        var (column, shape) = Input(_host, inputSchema, Encoding);
        if (!Standardisation.IsShared && shape.Features % Standardisation.Offset.Length != 0)
            throw MLNet.Mismatch(_host, "input", Encoding.InputColumnName,
                $"a Vector<Single> of the {Standardisation.Offset.Length} inputs that it was fitted to", column.Type.ToString()!);
        var schema = new DataViewSchema.Builder();
        schema.AddColumns(inputSchema);
        schema.AddColumn(Encoding.OutputColumnName, InputShape.SpikeTrain(Encoding.TimeSteps, shape.Inputs).ColumnType);
        return schema.ToSchema();
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The input column is absent or not a Vector&lt;Single&gt; of a known size.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new AddedColumnsView(Columns(input.Schema), input);
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => new AddedColumnsMapper(Columns(inputSchema));

    void ICanSaveModel.Save(ModelSaveContext ctx) => MLNet.Save(ctx, PoissonEncodingLoader.Version, writer =>
    {
        // *** Binary format ***
        // string: output column; string: input column; int: time steps; double: maximum probability; int: seed; int: scaling;
        // int: number of scales; that many floats: offsets; that many floats: units
        writer.Key.Write(Encoding.OutputColumnName);
        writer.Key.Write(Encoding.InputColumnName);
        writer.Key.Write(Encoding.TimeSteps);
        writer.Key.Write(Encoding.MaximumProbability);
        writer.Key.Write(Encoding.Seed);
        writer.Key.Write((int)Encoding.Scaling);
        writer.Key.Write(Standardisation.Offset.Length);
        foreach (float offset in Standardisation.Offset) writer.Key.Write(offset);
        foreach (float unit in Standardisation.Unit) writer.Key.Write(unit);
    });

    /// <exception cref="InvalidDataException">The model is damaged.</exception>
    internal static PoissonEncodingTransformer Load(IHostEnvironment env, ModelReader reader)
        => reader.OfKey(key => new PoissonEncodingTransformer(env, ReadEncoding(key), ReadStandardisation(key)));

    private static PoissonEncoding ReadEncoding(SpanReader key)
    {
        var encoding = new PoissonEncoding(key.Text(), key.Text(), key.Int32(), key.Double(), key.Int32(), (FeatureScaling)key.Int32());
        SpikingModelFile.Possible(encoding.Check);
        return encoding;
    }

    private static Standardisation ReadStandardisation(SpanReader key)
    {
        int scales = key.Int32();
        if (scales < 1 || scales > key.Left / (2 * sizeof(float))) throw new InvalidDataException($"its Poisson encoding names {scales} scales.");
        var standardisation = new Standardisation(Floats(key, scales), Floats(key, scales));
        standardisation.Check();
        return standardisation;
    }

    /// <summary>The column that an encoding reads, and what it holds.</summary>
    internal static (DataViewSchema.Column Column, InputShape Shape) Input(IHost host, DataViewSchema schema, PoissonEncoding encoding)
    {
        if (schema.GetColumnOrNull(encoding.InputColumnName) is not { } column) throw MLNet.Missing(host, "input", encoding.InputColumnName);
        if (InputShape.Of(column.Type) is not { IsSpikeTrain: false } shape)
            throw MLNet.Mismatch(host, "input", encoding.InputColumnName, "Vector<Single> of a known size", column.Type.ToString()!);
        long entries = (long)encoding.TimeSteps * shape.Inputs;
        if (entries > Array.MaxLength)
            throw Trouble.Fit.Argument(
                $"A spike train of {encoding.TimeSteps} time steps and {shape.Inputs} inputs would have {entries} entries, "
                + $"but a vector holds no more than {Array.MaxLength}; make TimeSteps smaller.");
        return (column, shape);
    }

    private static ImmutableArray<float> Floats(SpanReader key, int count)
    {
        var values = new float[count];
        for (int i = 0; i < count; i++) values[i] = key.Single();
        return ImmutableCollectionsMarshal.AsImmutableArray(values);
    }

    private PoissonEncodingColumns Columns(DataViewSchema input) => new(this, input, GetOutputSchema(input));
}
