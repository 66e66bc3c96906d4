using System.Xml.Linq;

namespace Microsoft.ML.Spiking.Tests.Pictures;

/// <summary>How tests read a picture.</summary>
internal static class Drawn
{
    /// <summary>Every picture of one trained network.</summary>
    public static SvgPicture[] All()
    {
        TopologyHistory history = TopologyHistory.Of(Stripes.Model);
        return
        [
            SpikePictures.Raster(Stripes.Recording),
            SpikePictures.Membrane(Stripes.Recording, 1, 2),
            SpikePictures.Training(Stripes.Model.Training),
            SpikePictures.Topology(history),
            SpikePictures.Ring(history.Moments[0].Graph),
            SpikePictures.Ring(Stripes.Model),
            SpikePictures.Ring(history.Moments[1]),
            SpikePictures.Matrix(history.Moments[0].Graph),
            SpikePictures.Matrix(Stripes.Model),
            SpikePictures.Rates(Stripes.Model),
            SpikePictures.Fields(Stripes.Model),
            SpikePictures.Looks(new float[20], 5, 4, ("moved", new ImageAugmentation())),
            SpikePictures.Confusion(Stripes.Confusion, ["lying", "standing"]),
            SpikePictures.Reliability(Stripes.Reliability),
        ];
    }

    public static XElement Read(SvgPicture picture) => XElement.Parse(picture.ToString());

    /// <summary>The elements of a name that have a class.</summary>
    public static XElement[] Of(this XElement picture, string name, string look)
        => [.. picture.Descendants(Svg.Space + name).Where(element => ((string?)element.Attribute("class") ?? "").Split(' ').Contains(look))];

    /// <summary>How many rectangles some paths are made of.</summary>
    public static int Marks(this IEnumerable<XElement> paths) => paths.Sum(path => path.Attribute("d")!.Value.Count(letter => letter == 'M'));

    public static double Number(this XElement element, string attribute) => (double)element.Attribute(attribute)!;

    public static string[] Words(this XElement picture) => [.. picture.Descendants(Svg.Space + "text").Select(text => text.Value)];
}
