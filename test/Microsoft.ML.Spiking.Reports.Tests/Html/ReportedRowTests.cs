using System.Text.Json;
using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Html;

/// <summary>A report's rows are those that the network scores.</summary>
[TestClass]
public class ReportedRowTests
{
    [TestMethod]
    public void Features_in_another_order_are_reported_as_those_that_they_are()
    {
        string[] names = [.. Enumerable.Range(0, Stroke.Side * Stroke.Side).Select(pixel => $"p{pixel}")];
        ITransformer model = Reported.Pipeline(Reported.Options with { Batches = 3 }).Fit(Named(names, backwards: false));

        JsonElement asTrained = Data(model, Named(names, backwards: false)), backwards = Data(model, Named(names, backwards: true));

        foreach (string part in (string[])["summary", "confusion", "samples", "cost"])
            Assert.AreEqual(asTrained.GetProperty(part).GetRawText(), backwards.GetProperty(part).GetRawText(), part);
        Assert.AreEqual(Activity(asTrained), Activity(backwards));

        static string Activity(JsonElement report) => report.GetProperty("layers")[0].GetProperty("activity").GetRawText();
    }

    [TestMethod]
    public void A_null_vector_is_not_scored_and_one_of_another_length_is_refused()
    {
        Stroke[] gap = Stroke.Draw(9, seed: 6), wrong = Stroke.Draw(9, seed: 6);
        gap[4].Features = null!;
        wrong[4].Features = new float[99];

        JsonElement summary = Data(Reported.Strokes, Reported.View(gap)).GetProperty("summary");

        Assert.AreEqual((8, 1), (summary.GetProperty("labelled").GetInt32(), summary.GetProperty("unscored").GetInt32()));
        Assert.AreEqual("Row 4, from 0, of 'Features' holds 99 values, but 100 are needed; give it all of them, or null where it is missing. [SPK2003]",
            Assert.ThrowsExactly<InvalidOperationException>(() => Data(Reported.Strokes, Reported.View(wrong))).Message);
    }

    private static JsonElement Data(ITransformer model, IDataView data)
    {
        string path = Path.GetTempFileName();
        SpikingReport.Save(path, model, data);
        string html = File.ReadAllText(path);
        File.Delete(path);
        return Reported.Data(html);
    }

    private static IDataView Named(string[] names, bool backwards)
    {
        Stroke[] strokes = Stroke.Draw(30, seed: 8);
        if (backwards)
        {
            names = [.. names.Reverse()];
            foreach (Stroke stroke in strokes) stroke.Features = [.. stroke.Features.Reverse()];
        }
        var definition = SchemaDefinition.Create(typeof(Stroke));
        definition["Features"].AddAnnotation(
            "SlotNames", new VBuffer<ReadOnlyMemory<char>>(names.Length, [.. names.Select(name => name.AsMemory())]), new VectorDataViewType(TextDataViewType.Instance, names.Length));
        return Reported.Ml.Data.LoadFromEnumerable(strokes, definition);
    }
}
