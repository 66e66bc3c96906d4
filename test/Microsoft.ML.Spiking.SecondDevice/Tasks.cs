using Microsoft.ML;
using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.SecondDevice;

/// <summary>Three classes to be told apart.</summary>
internal static class Tasks
{
    private const int Rows = 36, Classes = 3;

    public static IDataView Images(MLContext ml)
    {
        var random = new Random(3);
        return Load(ml, [.. Enumerable.Range(0, Rows).Select(row => new Row
        {
            Label = Label(row),
            Weight = 1 + row % 2,
            Features = [.. Enumerable.Range(0, 36).Select(i => (i % Classes == row % Classes ? 0.6f : 0) + 0.4f * (random.Next(100) / 99f))],
        })]);
    }

    public static IDataView Spikes(MLContext ml)
    {
        var random = new Random(3);
        return Load(ml, [.. Enumerable.Range(0, Rows).Select(row => new SpikeRow
        {
            Label = Label(row),
            Features = [.. Enumerable.Range(0, 96).Select(i => random.NextDouble() < (i % Classes == row % Classes ? 0.8 : 0.2))],
        })]);
    }

    private static uint Label(int row) => (uint)(row % Classes + 1);

    private static IDataView Load<T>(MLContext ml, T[] rows) where T : class
    {
        var schema = SchemaDefinition.Create(typeof(T));
        schema["Label"].ColumnType = new KeyDataViewType(typeof(uint), Classes);
        return ml.Data.LoadFromEnumerable(rows, schema);
    }
}
