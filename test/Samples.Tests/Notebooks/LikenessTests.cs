using Microsoft.ML.Spiking.Samples.Tests.Scripting;

namespace Microsoft.ML.Spiking.Samples.Tests.Notebooks;

[TestClass]
public sealed class LikenessTests
{
    [TestMethod]
    [DataRow("98.1 % of 10,000 right ▒▓", "97.4 % of 10,000 right  ░▓", true)]
    [DataRow("3 formed", "8 formed", true)]
    [DataRow("98.1 % of 10,000 right", "61.5 % of 10,000 right", false)]
    [DataRow("98.1 % of 10,000 right", "98.1 % of 10,000 wrong", false)]
    public void Words_are_the_same_and_numbers_near(string before, string now, bool alike)
        => Assert.AreEqual(alike, AreAlike(new("stream", "text/plain", before), new("stream", "text/plain", now)));

    [TestMethod]
    public void A_picture_is_known_by_its_title_and_is_no_text()
    {
        CellOutput ring = Picture("<svg><title>Ring</title></svg>"), drawnAnew = Picture("<svg><title>Ring</title><g/></svg>"), raster = Picture("<svg><title>Raster</title></svg>");
        Assert.IsTrue(AreAlike(ring, drawnAnew));
        Assert.IsFalse(AreAlike(ring, raster));
        Assert.IsFalse(AreAlike(ring, new("stream", "text/plain", ring.Content)));
    }

    private static CellOutput Picture(string svg) => new("display_data", "image/svg+xml", svg);

    private static bool AreAlike(CellOutput before, CellOutput now)
    {
        try
        {
            Likeness.AssertAlike([before], [now], "here");
            return true;
        }
        catch (AssertFailedException)
        {
            return false;
        }
    }
}
