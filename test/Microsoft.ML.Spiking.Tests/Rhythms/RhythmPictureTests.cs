using System.Xml.Linq;
using Microsoft.ML.Spiking.Samples.Rhythms;

namespace Microsoft.ML.Spiking.Tests.Rhythms;

[TestClass]
public class RhythmPictureTests
{
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    [TestMethod]
    public void Each_rhythm_has_a_card_of_its_own_with_a_stroke_for_every_spike()
    {
        XElement[] cards = Cards();

        Assert.HasCount(8, cards.Select(card => (string)card.Attribute("transform")!).Distinct().ToArray());
        CollectionAssert.AreEqual(Rhythm.All.Select(rhythm => rhythm.Name).ToArray(), cards.Select(card => card.Element(s_svg + "text")!.Value).ToArray());
        foreach (XElement card in cards)
            Assert.AreEqual(6 * 12, Paths(card, "spikes").Sum(path => path.Count(command => command == 'M')));
    }

    [TestMethod]
    public void The_strokes_tell_the_rhythms_apart_and_the_bars_do_not()
    {
        XElement[] cards = Cards();

        Assert.HasCount(8, cards.Select(card => string.Concat(Paths(card, "spikes"))).Distinct().ToArray());
        Assert.HasCount(1, cards.Select(card => string.Concat(Paths(card, "counts"))).Distinct().ToArray());
    }

    private static XElement[] Cards()
    {
        RhythmRecording[] recordings = RhythmRecording.Make(8, seed: 4);
        XElement picture = RhythmPicture.Draw([.. Rhythm.All.Select((rhythm, i) => new RhythmCard(rhythm, recordings[i], Recall: 1))]);
        return [.. picture.Elements(s_svg + "g")];
    }

    private static string[] Paths(XElement card, string kind)
        => [.. card.Elements(s_svg + "path").Where(path => (string?)path.Attribute("class") == kind).Select(path => (string)path.Attribute("d")!)];
}
