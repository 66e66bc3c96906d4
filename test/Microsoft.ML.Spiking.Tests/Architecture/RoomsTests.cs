namespace Microsoft.ML.Spiking.Tests.Architecture;

/// <summary>docs/architecture.md names the rooms in this order.</summary>
[TestClass]
public class RoomsTests
{
    private static readonly Rooms s_rooms = new(typeof(SpikingModel).Assembly,
    [
        "Ground", "Hosting", "Images", "Topology", "Encoding", "Neurons", "Plasticity", "Architecture", "Kernels", "Training", "Model", "Storage", "Scoring", "Data",
        "Transforms", "Recording",
    ]);

    [TestMethod]
    public void Each_room_knows_only_those_before_it()
    {
        // ML.NET makes transformers by these, and so they know them; they stand with the rest of what touches its internals.
        string[] loaders = ["SpikingNetworkLoader", "SpikingNetworkBinaryLoader", "SpikingFeaturesLoader", "PoissonEncodingLoader"];
        Assert.AreEqual("", string.Join(Environment.NewLine, s_rooms.Violations(bridge: loaders)));
    }

    [TestMethod]
    public void Without_its_bridge_the_test_finds_who_knows_a_later_room()
        => Assert.Contains("SpikingNetworkLoader", string.Join(Environment.NewLine, s_rooms.Violations(bridge: [])));

    [TestMethod]
    public void Every_folder_is_a_room()
        => CollectionAssert.AreEquivalent(s_rooms.Order, s_rooms.RoomOf.Values.Where(room => room.Length > 0).Distinct().ToArray());
}
