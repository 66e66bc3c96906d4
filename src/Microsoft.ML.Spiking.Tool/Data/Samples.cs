using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>Rows with Features, Vector&lt;Single&gt; mostly, and, where <see cref="Labelled"/>, Label, a key with text values.</summary>
/// <param name="View">The rows; read again by every pass.</param>
/// <param name="Source">What they are, in a few words: "10,000 images of 28 x 28".</param>
/// <param name="Names">What to call each row, from the first; null where rows have only numbers.</param>
internal sealed record Samples(IDataView View, string Source, IReadOnlyList<string>? Names = null)
{
    public const string Features = "Features", Label = "Label";

    /// <summary>What a row is called where they are counted.</summary>
    public string Unit => View.Schema[Features].Type switch
    {
        VectorDataViewType { ItemType: BooleanDataViewType } => "recordings",
        VectorDataViewType { Dimensions.Length: > 1 } => "images",
        _ => "rows",
    };

    public bool Labelled => View.Schema.GetColumnOrNull(Label) is not null;
}
