using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Images;

/// <summary><see cref="Toy"/>'s rows as images, seven pixels high and one wide.</summary>
internal static class Pictures
{
    public static IDataView View(MLContext ml)
    {
        var schema = SchemaDefinition.Create(typeof(Sample));
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, Toy.Inputs, 1);
        IDataView rows = ml.Data.LoadFromEnumerable(Toy.Samples(24), schema);
        return ml.Transforms.Conversion.MapValueToKey("Label", "Class").Fit(rows).Transform(rows);
    }
}
