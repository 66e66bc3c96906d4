namespace Microsoft.ML.Spiking.Tests.Architecture;

/// <summary>docs/architecture.md names the rooms in this order.</summary>
[TestClass]
public class RoomsTests
{
    private static readonly Rooms s_rooms = new(
        typeof(SpikingNetworkTrainer).Assembly, ["Native", "Kernels", "State", "Descent", "Codes", "Samples", "Plasticity", "Engines", "Training", ""]);

    [TestMethod]
    public void Each_room_knows_only_those_before_it() => Assert.AreEqual("", string.Join(Environment.NewLine, s_rooms.Violations(bridge: [])));

    [TestMethod]
    public void Internal_types_are_in_the_namespace_of_their_room() => Assert.AreEqual("", string.Join(Environment.NewLine, s_rooms.Strangers(bridge: [])));

    [TestMethod]
    public void Every_folder_is_a_room() => CollectionAssert.AreEquivalent(s_rooms.Order, s_rooms.RoomOf.Values.Distinct().ToArray());
}
