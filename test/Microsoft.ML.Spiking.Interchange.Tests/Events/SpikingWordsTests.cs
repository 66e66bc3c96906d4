using Microsoft.ML.Data;
using PureHDF;

namespace Microsoft.ML.Spiking.Tests.Events;

/// <summary>The words that the benchmark events-shd trains on are as a cochlea's file has them, and come back as they were made.</summary>
[TestClass]
public sealed class SpikingWordsTests : IDisposable
{
    private readonly EventFiles _files = new();
    private readonly IDataView _view;

    public SpikingWordsTests()
    {
        File.WriteAllBytes(_files["words.h5"], new SpikingWords(40, seed: 1).File());
        _view = new MLContext().Data.LoadFromEventHdf5(_files["words.h5"], new EventHdf5Options { BinWidth = TimeSpan.FromMilliseconds(10), Steps = 100 });
    }

    public void Dispose() => _files.Dispose();

    [TestMethod]
    public void There_are_twenty_words_of_700_channels_and_up_to_a_second()
    {
        Assert.HasCount(20, LabelValues.Of(_view.Schema["Label"])!.Texts);
        CollectionAssert.AreEqual(Enumerable.Range(0, 40).Select(word => (uint)(word % 20 + 1)).ToArray(), _view.GetColumn<uint>("Label").ToArray());
        foreach ((int Step, int Unit)[] word in EventFiles.Spikes(_view))
        {
            Assert.IsGreaterThan(2000, word.Length);
            Assert.IsTrue(word[^1].Step is >= 58 and < 96, $"ends in step {word[^1].Step}");
        }
    }

    [TestMethod]
    public void The_file_holds_what_PureHDF_reads_of_it()
    {
        using PureHDF.VOL.Native.NativeFile file = H5File.OpenRead(_files["words.h5"]);
        Half[][] times = file.Dataset("spikes/times").Read<Half[][]>();
        ushort[][] units = file.Dataset("spikes/units").Read<ushort[][]>();

        (int, int)[][] expected = [.. times.Zip(units, (t, u) => t.Zip(u, (time, unit) => ((int)Math.Floor(Math.Round((double)time * 1e7) / 1e5), (int)unit)).Distinct().Order().ToArray())];
        (int, int)[][] read = EventFiles.Spikes(_view);
        for (int word = 0; word < expected.Length; word++) CollectionAssert.AreEqual(expected[word], read[word]);
    }
}
