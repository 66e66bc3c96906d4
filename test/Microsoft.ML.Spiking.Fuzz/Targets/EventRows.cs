using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Fuzz.Targets;

/// <summary>Reads recordings of events as a trainer does.</summary>
internal static class EventRows
{
    /// <exception cref="InvalidOperationException">A row is none that the schema promises.</exception>
    public static void Read(IDataView view)
    {
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        ValueGetter<VBuffer<bool>> getFeatures = cursor.GetGetter<VBuffer<bool>>(view.Schema["Features"]);
        ValueGetter<ReadOnlyMemory<char>> getSample = cursor.GetGetter<ReadOnlyMemory<char>>(view.Schema["Sample"]);
        DataViewSchema.Column? label = view.Schema.GetColumnOrNull("Label");
        ValueGetter<uint>? getLabel = label is { } column ? cursor.GetGetter<uint>(column) : null;
        ulong classes = (label?.Type as KeyDataViewType)?.Count ?? 0;
        int size = ((VectorDataViewType)view.Schema["Features"].Type).Size, rows = 0;
        VBuffer<bool> features = default;
        ReadOnlyMemory<char> sample = default;
        uint key = 0;
        for (; cursor.MoveNext(); rows++)
        {
            getFeatures(ref features);
            getSample(ref sample);
            getLabel?.Invoke(ref key);
            int before = -1;
            foreach (var (place, spike) in features.Items())
            {
                if (!spike || place <= before || place >= size) throw new InvalidOperationException($"Row {rows} has a spike at {place} of {size}.");
                before = place;
            }
            if (features.Length != size || key > classes) throw new InvalidOperationException($"Row {rows} has the length {features.Length}, the key {key}.");
        }
        if (rows != view.GetRowCount()) throw new InvalidOperationException($"There are {rows} rows, but {view.GetRowCount()} were promised.");
    }

    public static bool IsRefusal(Exception error) => error is InvalidDataException && Ground.Trouble.Foreign.Is(error);
}
