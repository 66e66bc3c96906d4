using System.IO.Compression;
using Microsoft.ML.Spiking.Fuzz.Targets;

namespace Microsoft.ML.Spiking.Tests.Model;

/// <summary>A model of which one byte is another is refused, or scores as before.</summary>
[TestClass]
public class FlippedByteTests
{
    private static byte[] File { get; } = SmallModels.All[0].File;

    [TestMethod]
    public void Some_bytes() => NoneScoresOtherwise(step: 17);

    [TestMethod]
    [Heavy]
    public void All_bytes() => NoneScoresOtherwise(step: 1);

    private static void NoneScoresOtherwise(int step)
    {
        var ml = new MLContext(seed: 1);
        IDataView rows = SmallModels.Rows(ml);
        float[] expected = Scores(ml.Model.Load(new MemoryStream(File), out _), rows);
        List<int> wrong = [], loaded = [];
        (int schema, int schemaEnd) = Schema();
        for (int at = 0; at < File.Length; at += step)
        {
            byte[] damaged = [.. File];
            damaged[at] ^= (byte)(1 << at % 8);
            if (Load(ml, damaged, isChecked: at >= schema && at < schemaEnd) is not { } model) continue;
            loaded.Add(at);
            if (!Scores(model, rows).SequenceEqual(expected)) wrong.Add(at);
        }
        Assert.IsEmpty(wrong, $"{wrong.Count} of {File.Length / step} load and score otherwise: {string.Join(", ", wrong.Take(20))}");
        Assert.IsGreaterThan(0, loaded.Count, "Times and the like are nobody's concern.");
    }

    /// <summary>Where ML.NET's own entry lies, of which a changed byte can make its reader wait for ever.</summary>
    private static (int Start, int End) Schema()
    {
        const int Header = 30, ExtraAt = 28;
        using var zip = new ZipArchive(new MemoryStream(File));
        int name = File.AsSpan().IndexOf("Schema"u8), start = name + "Schema".Length + BitConverter.ToUInt16(File, name - Header + ExtraAt);
        return (start, start + (int)zip.GetEntry("Schema")!.CompressedLength);
    }

    private static SpikingNetworkTransformer? Load(MLContext ml, byte[] file, bool isChecked)
    {
        var stream = new MemoryStream(file);
        try
        {
            return (isChecked ? ml.Model.LoadChecked(stream, out _, ModelComponents.Spiking) : ml.Model.Load(stream, out _)) as SpikingNetworkTransformer;
        }
        catch (Exception)   // ML.NET's many
        {
            return null;
        }
    }

    private static float[] Scores(ITransformer model, IDataView rows) => [.. Views.Vectors(model.Transform(rows), "Score").SelectMany(row => row)];
}
