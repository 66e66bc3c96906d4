using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Samples.Sound;

/// <summary>A recording as the network reads it.</summary>
internal sealed class SoundRow
{
    /// <summary>The word, a key, which in memory counts from 0.</summary>
    public uint Label { get; set; }

    /// <summary>[step, input], NaN after the end.</summary>
    public float[] Features { get; set; } = [];

    /// <summary>Rows as ML.NET sees them.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="words">What the keys stand for.</param>
    /// <param name="flat">Whether the features are a table's, without time.</param>
    public static IDataView View(MLContext ml, IEnumerable<SoundRow> rows, string[] words, bool flat = false)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(SoundRow));
        schema[nameof(Features)].ColumnType = flat ? new VectorDataViewType(NumberDataViewType.Single, SoundInput.Steps * SoundInput.Inputs)
            : new VectorDataViewType(NumberDataViewType.Single, SoundInput.Steps, SoundInput.Inputs);
        SchemaDefinition.Column label = schema[nameof(Label)];
        label.ColumnType = new KeyDataViewType(typeof(uint), words.Length);
        label.AddAnnotation(
            "KeyValues", new VBuffer<ReadOnlyMemory<char>>(words.Length, [.. words.Select(word => word.AsMemory())]),
            new VectorDataViewType(TextDataViewType.Instance, words.Length));
        return ml.Data.LoadFromEnumerable(rows, schema);
    }
}
