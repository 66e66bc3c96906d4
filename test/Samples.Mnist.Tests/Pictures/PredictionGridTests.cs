using System.Xml.Linq;

namespace Microsoft.ML.Spiking.Samples.Mnist.Tests;

[TestClass]
public sealed class PredictionGridTests : IDisposable
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [TestMethod]
    public void Each_wrong_prediction_has_a_marked_cell_that_says_what_it_should_have_been()
    {
        XElement picture = Draw(Image("5", "3"), Image("4", "4"), Image("9", "4"));

        XElement[] wrong = [.. picture.Elements(Svg + "g").Where(cell => (string?)cell.Attribute("class") == "wrong")];
        Assert.HasCount(2, wrong);
        CollectionAssert.Contains(Words(wrong[0]), "3 not 5");
        CollectionAssert.Contains(Words(wrong[1]), "4 not 9");
        Assert.AreEqual("#cf4f4a", (string?)wrong[0].Element(Svg + "rect")!.Attribute("stroke"));
    }

    [TestMethod]
    public void The_title_tells_the_accuracy_and_the_caption_how_many_are_wrong()
    {
        string[] words = Words(Draw(Image("5", "3"), Image("4", "4")));

        Assert.AreEqual("97.4 % of the test images read correctly", words[0]);
        Assert.AreEqual("2 of them, with the network's answer and how sure it was: 1 wrong, framed in red.", words[1]);
    }

    [TestMethod]
    public void Labels_are_escaped()
    {
        string path = Path.Combine(folder.Path, "predictions.svg");
        PredictionGrid.Write(path, 0.5, [Image("<b> & \"c\"", "</svg>")]);

        CollectionAssert.Contains(Words(XElement.Load(path)), "</svg> not <b> & \"c\"");
    }

    [TestMethod]
    public void Sixty_noisy_images_make_a_file_of_less_than_a_megabyte()
    {
        var random = new Random(1);
        float[] noise = [.. Enumerable.Range(0, 28 * 28).Select(_ => random.NextSingle())];
        string path = Path.Combine(folder.Path, "predictions.svg");
        PredictionGrid.Write(path, 0.5, [.. Enumerable.Repeat(new PredictedImage(noise, 28, 28, "1", "1", 0.5), 60)]);

        Assert.IsLessThan(1_000_000, new FileInfo(path).Length);
    }

    [TestMethod]
    public void Pixels_in_a_row_of_one_shade_are_one_run()
    {
        XElement picture = Draw(new PredictedImage([1, 1, 0, 1, 0, 0], 2, 3, "1", "1", 1));

        XElement path = picture.Descendants(Svg + "path").Single();
        Assert.AreEqual("M0 0h2v1H0zM0 1h1v1H0z", (string?)path.Attribute("d"));
        Assert.AreEqual("1", (string?)path.Attribute("fill-opacity"));
    }

    [TestMethod]
    public void An_image_of_any_shape_is_scaled_into_its_card()
    {
        XElement pixels = Draw(new PredictedImage(new float[8 * 12], 8, 12, "1", "1", 1)).Descendants(Svg + "g").Single(g => g.Attribute("shape-rendering") is not null);

        // 84 across for 12 columns: 7 each; 8 rows take 56 of 84 and leave 14 above, after 10 of padding.
        Assert.AreEqual("translate(10 24) scale(7)", (string?)pixels.Attribute("transform"));
    }

    [TestMethod]
    public void Eleven_images_need_a_second_row()
    {
        XElement picture = Draw([.. Enumerable.Repeat(Image("1", "1"), 11)]);

        string[] places = [.. picture.Elements(Svg + "g").Select(cell => (string)cell.Attribute("transform")!)];
        Assert.AreEqual(places[0].Split(' ')[0], places[10].Split(' ')[0]);
        Assert.AreNotEqual(places[0].Split(' ')[1], places[10].Split(' ')[1]);
    }

    private static PredictedImage Image(string truth, string prediction) => new([0, 1, 0.5f, 0], 2, 2, truth, prediction, 0.8);

    private static XElement Draw(params PredictedImage[] images) => PredictionGrid.Draw(0.974, images);

    private static string[] Words(XElement element) => [.. element.Descendants(Svg + "text").Select(text => text.Value)];
}
