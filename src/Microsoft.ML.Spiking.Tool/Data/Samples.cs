using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>Rows with Features, Vector&lt;Single&gt; mostly, and, where <see cref="Labelled"/>, Label, a key with text values.</summary>
/// <param name="View">The rows; read again by every pass.</param>
/// <param name="Source">What they are, in a few words: "10,000 images of 28 x 28".</param>
/// <param name="Names">What to call each row, from the first; null where rows have only numbers.</param>
internal sealed record Samples(IDataView View, string Source, IReadOnlyList<string>? Names = null)
{
    public const string Features = "Features", Label = "Label";

    /// <summary>How many rows there are, where the view does not say it.</summary>
    public long? Rows { get; init; }

    /// <summary>Whether the steps of the model's pipeline have made the features.</summary>
    public bool IsPrepared { get; init; }

    /// <summary>The number of the first row, from 0: more than that where these are a part.</summary>
    public long First { get; init; }

    /// <summary>Gives some rows without making the others, from the first and how many; null where reading past them is all that can be done.</summary>
    public Func<long, long, IDataView>? Cut { get; init; }

    /// <summary>What a row is called where they are counted.</summary>
    public string Unit => View.Schema[Features].Type switch
    {
        VectorDataViewType { ItemType: BooleanDataViewType } => "recordings",
        VectorDataViewType { Dimensions.Length: > 1 } => "images",
        _ => "rows",
    };

    public bool Labelled => View.Schema.GetColumnOrNull(Label) is not null;

    /// <summary>How many rows there are; where nobody knows, they are counted.</summary>
    public long Count => Rows ?? View.GetRowCount() ?? Counted();

    /// <summary>A part of the rows.</summary>
    public Samples Part(MLContext ml, Shard shard)
    {
        long all = Count;
        (long first, long rows) = shard.Of(all);
        return this with
        {
            View = Cut?.Invoke(first, rows) ?? Between(ml, first, rows, all),
            Cut = null,
            First = first,
            Rows = rows,
            Names = Names?.Skip((int)first).Take((int)rows).ToArray(),
        };
    }

    private IDataView Between(MLContext ml, long first, long rows, long all)
    {
        // ML.NET skips one row at least, and takes one at least.
        long before = rows > 0 ? first : all;
        IDataView rest = before > 0 ? ml.Data.SkipRows(View, before) : View;
        return rows > 0 ? ml.Data.TakeRows(rest, rows) : rest;
    }

    private long Counted()
    {
        using DataViewRowCursor cursor = View.GetRowCursor([]);
        long rows = 0;
        while (cursor.MoveNext()) rows++;
        return rows;
    }
}
