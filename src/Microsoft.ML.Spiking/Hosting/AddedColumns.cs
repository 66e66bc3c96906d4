using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Hosting;

/// <summary>What a transformer adds to the rows of one schema. Produced columns follow the input's and hide namesakes.</summary>
internal abstract class AddedColumns(DataViewSchema input, DataViewSchema output)
{
    public DataViewSchema Input { get; } = input;

    public DataViewSchema Output { get; } = output;

    /// <summary>The input column that the added ones are computed from.</summary>
    public abstract DataViewSchema.Column Source { get; }

    /// <summary>Rows that are best computed at once; 1 for one after the other.</summary>
    public abstract int BatchSize { get; }

    /// <summary>A buffer for rows and what is computed from them.</summary>
    /// <param name="row">Where the source is read.</param>
    /// <param name="capacity">Rows at most.</param>
    public abstract RowBlock Block(DataViewRow row, int capacity);

    /// <summary>Writes what is added as an ONNX graph.</summary>
    /// <exception cref="NotSupportedException">Says why it cannot be.</exception>
    public abstract void SaveOnnx(OnnxGraph graph);

    /// <summary>Which columns of the output are wanted.</summary>
    public bool[] Active(IEnumerable<DataViewSchema.Column> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var active = new bool[Output.Count];
        foreach (DataViewSchema.Column column in columns) active[Check(column)] = true;
        return active;
    }

    /// <summary>Whether any added column is wanted; otherwise nothing is computed.</summary>
    public bool Computes(bool[] active) => active.AsSpan(Input.Count).Contains(true);

    /// <summary>The input columns that are needed for the wanted ones.</summary>
    public IEnumerable<DataViewSchema.Column> Needed(bool[] active)
        => Input.Where(column => active[column.Index] || Computes(active) && column.Index == Source.Index);

    public int Check(DataViewSchema.Column column)
        => column.Index < Output.Count && Output[column.Index].Name == column.Name
            ? column.Index
            : throw Trouble.Cursor.Argument($"Column '{column.Name}' is not of this schema.", nameof(column));

    /// <summary>A getter under the type that was asked for.</summary>
    public static ValueGetter<T> Typed<T>(Delegate? getter, DataViewSchema.Column column) => getter switch
    {
        null => throw Trouble.Cursor.InvalidOperation($"Column '{column.Name}' is not active; name it when the cursor is made."),
        ValueGetter<T> typed => typed,
        _ => throw Trouble.Cursor.InvalidOperation($"Column '{column.Name}' is {column.Type} and cannot be read as {typeof(T)}."),
    };
}
