using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Spiking;

/// <summary>Turns intensities into spike trains: Vector&lt;Single&gt; of n inputs into a sparse Vector&lt;Boolean, [time, n]&gt;.</summary>
/// <remarks>
/// In each time step each input spikes, independently of all else, with probability <c>MaximumProbability · clamp(x, 0, 1)</c>.
/// The noise is a function of seed, the row's values, input and time: every cursor and every prediction engine sees the same spikes for the same row.
/// A value that is not a number does not spike, as ML.NET reads a missing Boolean as false; a vector that is null, a missing row, gives one that is null (of no values, as ML.NET
/// passes null on), which the trainer of spiking networks leaves out as missing. A vector of any other length than the column's is an error.
/// </remarks>
public sealed class PoissonEncodingTransformer : ITransformer
{
    private readonly IHost _host;

    internal PoissonEncodingTransformer(IHostEnvironment env, PoissonEncoding encoding)
        => (_host, Encoding) = (env.Register(nameof(PoissonEncodingTransformer)), encoding);

    /// <summary>What it does.</summary>
    public PoissonEncoding Encoding { get; }

    bool ITransformer.IsRowToRowMapper => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The input column is absent or not a Vector&lt;Single&gt; of a known size.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        if (inputSchema.GetColumnOrNull(Encoding.InputColumnName) is not { } column) throw MLNet.Missing(_host, "input", Encoding.InputColumnName);
        if (InputShape.Of(column.Type) is not { IsSpikeTrain: false } shape)
            throw MLNet.Mismatch(_host, "input", Encoding.InputColumnName, "Vector<Single> of a known size", column.Type.ToString()!);
        long entries = (long)Encoding.TimeSteps * shape.Inputs;
        if (entries > Array.MaxLength)
            throw new ArgumentException(Trouble.Fit.Says($"A spike train of {Encoding.TimeSteps} time steps and {shape.Inputs} inputs would have {entries} entries, "
                + $"but a vector holds no more than {Array.MaxLength}; make TimeSteps smaller."));
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
        // string: output column; string: input column; int: time steps; double: maximum probability; int: seed
        writer.Key.Write(Encoding.OutputColumnName);
        writer.Key.Write(Encoding.InputColumnName);
        writer.Key.Write(Encoding.TimeSteps);
        writer.Key.Write(Encoding.MaximumProbability);
        writer.Key.Write(Encoding.Seed);
    });

    internal static PoissonEncodingTransformer Load(IHostEnvironment env, ModelReader reader)
    {
        var encoding = new PoissonEncoding(
            reader.Key.ReadString(), reader.Key.ReadString(), reader.Key.ReadInt32(), reader.Key.ReadDouble(), reader.Key.ReadInt32());
        encoding.Check();
        return new PoissonEncodingTransformer(env, encoding);
    }

    private PoissonEncodingColumns Columns(DataViewSchema input) => new(Encoding, input, GetOutputSchema(input));
}
