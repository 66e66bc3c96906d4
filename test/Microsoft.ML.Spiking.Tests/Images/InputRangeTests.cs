namespace Microsoft.ML.Spiking.Tests.Images;

[TestClass]
public class InputRangeTests
{
    [TestMethod]
    [DataRow(0, 5, new[] { 1, 4 })]
    [DataRow(4, 9, new[] { 4, 7 })]
    [DataRow(5, 7, new int[0])]
    [DataRow(5, 8, new[] { 7 })]
    [DataRow(10, 20, new int[0])]
    public void It_cuts_what_it_holds_out_of_ascending_inputs(int first, int limit, int[] expected)
    {
        int[] inputs = [1, 4, 7, 9];

        CollectionAssert.AreEqual(expected, inputs[new InputRange(first, limit).Of(inputs)]);
        CollectionAssert.AreEqual(inputs, inputs[InputRange.All.Of(inputs)]);
        Assert.IsEmpty(Array.Empty<int>()[new InputRange(first, limit).Of([])]);
    }

    [TestMethod]
    public void A_panel_sees_what_any_of_its_columns_sees()
    {
        // Four columns see rows 0, 1, 2 and 3 of a 4 by 3 image; two of them share a panel.
        SpikingNetworkOptions options = new() { Network = new SpikingNetwork { Layers = [new ColumnLayer { Columns = 4, NeuronsPerColumn = 20, ReceptiveField = new() { Height = 1, Width = 3 } }] } };
        ReceptiveFields fields = ReceptiveFields.Of(options.Network.ColumnLayers[0], InputShape.Intensities(4, 3))!;

        Assert.AreEqual((new InputRange(0, 6), new InputRange(6, 12)), (fields.Inputs(0, new Lanes(options.Network.ColumnLayers[0])), fields.Inputs(1, new Lanes(options.Network.ColumnLayers[0]))));
    }
}
