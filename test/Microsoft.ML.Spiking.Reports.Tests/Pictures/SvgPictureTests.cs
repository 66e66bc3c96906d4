using System.Globalization;
using System.Xml.Linq;

namespace Microsoft.ML.Spiking.Tests.Pictures;

[TestClass]
public class SvgPictureTests
{
    [TestMethod]
    public void A_saved_picture_is_its_text_in_a_file_of_its_own()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("spiking-pictures-");
        try
        {
            string path = Path.Combine(folder.FullName, "ring.svg");
            File.WriteAllText(path, "an older picture");
            SvgPicture picture = SpikePictures.Ring(Stripes.Model.Layers[0].Topology);
            picture.Save(path);
            Assert.AreEqual(picture.ToString(), XElement.Load(path, LoadOptions.PreserveWhitespace).ToString(SaveOptions.DisableFormatting));
            CollectionAssert.AreEqual((string[])["ring.svg"], folder.GetFiles().Select(file => file.Name).ToArray());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [TestMethod]
    public void The_same_numbers_give_the_same_text_where_a_comma_is_the_decimal_point()
    {
        string[] expected = [.. Drawn.All().Select(picture => picture.ToString())];
        CultureInfo before = CultureInfo.CurrentCulture, comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat = new NumberFormatInfo { NumberDecimalSeparator = ",", NumberGroupSeparator = ".", NegativeSign = "−" };
        try
        {
            CultureInfo.CurrentCulture = comma;
            CollectionAssert.AreEqual(expected, Drawn.All().Select(picture => picture.ToString()).ToArray());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [TestMethod]
    public void Every_picture_has_a_title_for_those_who_do_not_see_it()
    {
        foreach (SvgPicture picture in Drawn.All())
        {
            XElement drawn = Drawn.Read(picture);
            Assert.AreEqual("img", (string?)drawn.Attribute("role"));
            Assert.AreEqual(picture.Title, drawn.Element(Svg.Space + "title")?.Value);
        }
    }

    [TestMethod]
    public void No_number_is_missing_from_any_picture()
    {
        foreach (SvgPicture picture in Drawn.All())
        {
            Assert.DoesNotContain("NaN", picture.ToString());
            Assert.DoesNotContain("Infinity", picture.ToString());
            Assert.DoesNotContain("∞", picture.ToString());
        }
    }
}
