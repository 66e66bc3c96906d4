using System.Globalization;
using System.Reflection;
using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Samples.Web;

/// <summary>What the classes are called: the key values of the label that the network was trained on.</summary>
internal static class ClassNames
{
    /// <summary>A name a class; numbers from 0 where the label had none.</summary>
    public static string[] Of(SpikingNetworkTransformer network)
    {
        var input = new DataViewSchema.Builder();
        input.AddColumn(network.FeatureColumnName, network.FeatureColumnType);
        DataViewSchema.Annotations label = network.GetOutputSchema(input.ToSchema())[network.Model.Options.PredictedLabelColumnName].Annotations;
        return label.Schema.GetColumnOrNull("KeyValues") is { Type: VectorDataViewType values }
            ? (string[])typeof(ClassNames).GetMethod(nameof(Read), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(values.ItemType.RawType).Invoke(null, [label])!
            : [.. Enumerable.Range(0, network.Model.Classes).Select(k => k.ToString(CultureInfo.InvariantCulture))];
    }

    private static string[] Read<T>(DataViewSchema.Annotations label)
    {
        VBuffer<T> values = default;
        label.GetValue("KeyValues", ref values);
        return [.. values.DenseValues().Select(value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")];
    }
}
