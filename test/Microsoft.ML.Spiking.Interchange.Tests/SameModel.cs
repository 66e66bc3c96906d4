using System.Runtime.InteropServices;
using System.Text.Json;

namespace Microsoft.ML.Spiking.Tests;

/// <summary>Holds a network that went through a file against the one that it was.</summary>
internal static class SameModel
{
    /// <summary>All that it is, knows and remembers, its numbers bit for bit.</summary>
    public static void Check(SpikingModel expected, SpikingModel actual)
    {
        Assert.AreEqual(expected.Network, actual.Network);
        Assert.AreEqual(expected.Names, actual.Names);
        CollectionAssert.AreEqual(expected.FeatureNames.ToArray(), actual.FeatureNames.ToArray());
        Assert.AreEqual(Json(ModelOutline.Of(expected)), Json(ModelOutline.Of(actual)));
        Assert.AreEqual(JsonSerializer.Serialize(expected.Training, SpikingJson.Default.TrainingRecord), JsonSerializer.Serialize(actual.Training, SpikingJson.Default.TrainingRecord));
        Assert.AreEqual(expected.Provenance, actual.Provenance);
        CheckNumbers(expected, actual);
    }

    /// <summary>The numbers alone, bit for bit.</summary>
    public static void CheckNumbers(SpikingModel expected, SpikingModel actual)
    {
        var arrays = SpikingModelArrays.Of(expected).Zip(SpikingModelArrays.Of(actual)).ToArray();
        Assert.AreEqual(SpikingModelArrays.Of(expected).Length, SpikingModelArrays.Of(actual).Length);
        foreach (var (was, now) in arrays)
        {
            Assert.AreEqual(was.Name, now.Name);
            CollectionAssert.AreEqual(was.Shape, now.Shape, was.Name);
            Assert.IsTrue(MemoryMarshal.AsBytes(was.Values.Span).SequenceEqual(MemoryMarshal.AsBytes(now.Values.Span)), was.Name);
        }
    }

    private static string Json(ModelOutline outline) => JsonSerializer.Serialize(outline, SpikingJson.Default.ModelOutline);
}
