using System.Xml.Linq;

namespace Microsoft.ML.Spiking.Tests.Pictures;

[TestClass]
public class LooksPictureTests
{
    [TestMethod]
    public void The_image_comes_first_and_nine_looks_beside_it_a_line_for_each_augmentation()
    {
        // White above, half as bright below, on the left; mirrored, on the right.
        XElement[] lines = Drawn.Read(SpikePictures.Looks([1, 0, 0.5f, 0], 2, 2, ("moved", new ImageAugmentation { MaximumShift = 1 }),
            ("mirrored", new ImageAugmentation { MaximumShift = 0, HorizontalFlip = true }))).Of("g", "looks");

        Assert.HasCount(2, lines);
        CollectionAssert.AreEqual((string[])["moved"], lines[0].Words());
        XElement[] mirrored = lines[1].Of("g", "look");
        Assert.HasCount(10, mirrored);
        string[] paths = [.. mirrored.Select(look => string.Join(' ', look.Of("path", "ink").Select(path => path.Attribute("d")!.Value)))];
        Assert.AreEqual("M0 1h1v1h-1z M0 0h1v1h-1z", paths[0]);
        CollectionAssert.AreEquivalent((string[])[paths[0], "M1 1h1v1h-1z M1 0h1v1h-1z"], paths.Distinct().ToArray());
        CollectionAssert.AreEqual((double[])[0.5, 1], mirrored[0].Of("path", "ink").Select(path => (double?)path.Attribute("opacity") ?? 1).ToArray());
    }

    [TestMethod]
    public void An_image_of_another_size_is_refused()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => SpikePictures.Looks([1, 0, 0, 0], 3, 2, ("moved", new ImageAugmentation())));
        Assert.StartsWith("The image has 4 pixels, but 3 rows of 2 are 6; give its own size.", error.Message);
    }

    [TestMethod]
    public void An_augmentation_that_cannot_be_is_refused_as_in_training()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => SpikePictures.Looks([1], 1, 1, ("none", new ImageAugmentation { MaximumShift = 0 })));
        Assert.StartsWith("Augmentation.MaximumShift is 0, and all else that it may do is off too", error.Message);
    }
}
