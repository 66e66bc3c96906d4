namespace Microsoft.ML.Spiking.Tests.Architecture;

/// <summary>The rooms of the library in their order, which docs/architecture.md shows.</summary>
[TestClass]
public class RoomsTests
{
    private static readonly Rooms s_rooms = new(typeof(MpiCommunicator).Assembly, ["Native", ""]);

    [TestMethod]
    public void Each_room_knows_only_those_before_it() => Assert.AreEqual("", string.Join(Environment.NewLine, s_rooms.Violations(bridge: [])));

    [TestMethod]
    public void Internal_types_are_in_the_namespace_of_their_room() => Assert.AreEqual("", string.Join(Environment.NewLine, s_rooms.Strangers(bridge: [])));

    [TestMethod]
    public void The_document_of_the_house_names_them_in_that_order()
        => CollectionAssert.AreEqual(s_rooms.Order.Where(room => room.Length > 0).ToArray(), Rooms.Documented("`Microsoft.ML.Spiking.Mpi`, in order:"));

    [TestMethod]
    public void Every_folder_is_a_room() => CollectionAssert.AreEquivalent(s_rooms.Order, s_rooms.RoomOf.Values.Distinct().ToArray());
}
