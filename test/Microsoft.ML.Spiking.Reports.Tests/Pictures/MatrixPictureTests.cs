using System.Xml.Linq;

namespace Microsoft.ML.Spiking.Tests.Pictures;

[TestClass]
public class MatrixPictureTests
{
    [TestMethod]
    public void A_connection_stands_in_the_row_of_the_column_that_hears()
    {
        // Column 1 hears column 3, alone: cells of 32 units, four of them centred on a page of 900 below its title.
        float[] adjacency = new float[16];
        adjacency[1 * 4 + 3] = 1;
        XElement cell = Drawn.Read(SpikePictures.Matrix(Graph.FromAdjacency(4, adjacency))).Of("path", "excitatory").Single();
        Assert.StartsWith($"M{450 - 64 + 3 * 32} {SvgPicture.Top + 8 + 32}h32v32", cell.Attribute("d")!.Value);
    }

    [TestMethod]
    public void Every_connection_of_a_model_is_a_cell()
        => Assert.AreEqual(Stripes.Model.Layers[0].Topology.Connections, Drawn.Read(SpikePictures.Matrix(Stripes.Model)).Of("path", "excitatory").Marks());
}
