using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Hosting;

/// <summary>Row by row, for prediction engines.</summary>
internal sealed class AddedColumnsMapper(AddedColumns columns) : IRowToRowMapper
{
    public DataViewSchema InputSchema => columns.Input;

    public DataViewSchema OutputSchema => columns.Output;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
        => columns.Needed(columns.Active(dependingColumns));

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Schema != InputSchema)
            throw Trouble.Cursor.Argument("The row is not of the schema that the mapper was made for.", nameof(input));
        return new AddedColumnsRow(columns, input, columns.Active(activeColumns));
    }
}
