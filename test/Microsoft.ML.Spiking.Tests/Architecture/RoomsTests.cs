namespace Microsoft.ML.Spiking.Tests.Architecture;

/// <summary>The rooms of the library in their order, which docs/architecture.md shows.</summary>
[TestClass]
public class RoomsTests
{
    private static readonly Rooms s_rooms = new(typeof(SpikingModel).Assembly,
    [
        "Ground", "Hosting", "Images", "Topology", "Codes", "Neurons", "Plasticity", "Architecture", "Kernels", "Training", "Model", "Storage", "Scoring", "Onnx", "Data",
        "Transforms", "Recording", "State", "Descent", "Samples", "Engines", "Managed", "Fitting",
        "Competition", "",
    ]);

    // ML.NET makes transformers by these, and so they know them; they stand with the rest of what touches its internals.
    private static readonly string[] s_loaders = ["SpikingNetworkLoader", "SpikingNetworkBinaryLoader", "SpikingFeaturesLoader", "PoissonEncodingLoader", "WinnerTakeAllLoader",
        "WinnerTakeAllFeaturesLoader"];

    [TestMethod]
    public void Each_room_knows_only_those_before_it()
        => Assert.AreEqual("", string.Join(Environment.NewLine, s_rooms.Violations(bridge: s_loaders)));

    [TestMethod]
    public void Without_its_bridge_the_test_finds_who_knows_a_later_room()
        => Assert.Contains("SpikingNetworkLoader", string.Join(Environment.NewLine, s_rooms.Violations(bridge: [])));

    [TestMethod]
    public void Internal_types_are_in_the_namespace_of_their_room()
    {
        // What touches ML.NET's internals is one file, so that it can be read in one go, and a file has one namespace.
        string[] bridge = ["MLNet", "ModelReader", "ModelWriter", "AddedColumnsView", "OnnxGraph", .. s_loaders];
        Assert.AreEqual("", string.Join(Environment.NewLine, s_rooms.Strangers(bridge)));
    }

    [TestMethod]
    public void The_document_of_the_house_names_them_in_that_order()
        => CollectionAssert.AreEqual(s_rooms.Order.Where(room => room.Length > 0).ToArray(), Rooms.Documented("`Microsoft.ML.Spiking`, in order:"));

    [TestMethod]
    public void Every_folder_is_a_room()
        => CollectionAssert.AreEquivalent(s_rooms.Order, s_rooms.RoomOf.Values.Distinct().ToArray());
}
