namespace Microsoft.ML.Spiking.Kernels;

/// <summary>float32 numbers at an address that does not change, seen as a matrix.</summary>
/// <remarks>
/// One made from <see cref="AlignedFloats"/> keeps them alive. One made from an address is valid as long as whoever owns the memory is alive.
/// </remarks>
internal readonly unsafe struct Matrix
{
    private readonly object? _owner;

    /// <param name="floats">[row, column], rows one after the other.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="start">Where among the numbers the first one of the matrix is.</param>
    public Matrix(AlignedFloats floats, int rows, int columns, int start = 0)
        : this(floats.First + start, rows, columns, columns, 1, floats)
    {
        if (start < 0 || start + (long)rows * columns > floats.Length)
            throw new ArgumentException($"{floats.Length} numbers do not hold a matrix of {rows} times {columns} from number {start} on.", nameof(floats));
    }

    /// <param name="first">The number in the first row and column.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="rowStride">Numbers from a row to the next.</param>
    /// <param name="columnStride">Numbers from a column to the next.</param>
    public Matrix(float* first, int rows, int columns, nint rowStride, nint columnStride = 1)
        : this(first, rows, columns, rowStride, columnStride, owner: null) { }

    private Matrix(float* first, int rows, int columns, nint rowStride, nint columnStride, object? owner)
    {
        First = first;
        (Rows, Columns, RowStride, ColumnStride, _owner) = (rows, columns, rowStride, columnStride, owner);
    }

    /// <summary>The number in the first row and column.</summary>
    public float* First { get; }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>Numbers from a row to the next.</summary>
    public nint RowStride { get; }

    /// <summary>Numbers from a column to the next.</summary>
    public nint ColumnStride { get; }

    /// <summary>The same numbers, rows for columns.</summary>
    public Matrix Transposed => new(First, Columns, Rows, ColumnStride, RowStride, _owner);

    /// <summary>The address of a number.</summary>
    public float* At(int row, int column) => First + row * RowStride + column * ColumnStride;
}
