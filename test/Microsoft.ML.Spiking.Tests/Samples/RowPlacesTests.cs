namespace Microsoft.ML.Spiking.Tests.Samples;

[TestClass]
public class RowPlacesTests
{
    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(10, 1)]
    [DataRow(16, 16)]
    [DataRow(100, 16)]
    [DataRow(23, 7)]
    public void An_epoch_has_each_row_once(int rows, int count)
        => CollectionAssert.AreEqual(Enumerable.Range(0, rows).ToArray(), Turns(new RowPlaces(rows, count), rows).Order().ToArray());

    [TestMethod]
    public void A_row_of_each_place_comes_in_turn()
        => CollectionAssert.AreEqual(new[] { 0, 4, 7, 1, 5, 8, 2, 6, 9, 3 }, Turns(new RowPlaces(10, 3), 10));

    [TestMethod]
    public void One_place_has_the_rows_in_their_order() => CollectionAssert.AreEqual(new[] { 0, 1, 2, 3, 4 }, Turns(new RowPlaces(5, 1), 5));

    [TestMethod]
    public void Where_a_place_goes_on_is_where_its_next_turn_is()
    {
        var places = new RowPlaces(23, 7);
        for (int turn = 0; turn <= 23; turn++)
            for (int place = 0; place < 7; place++)
            {
                int next = Enumerable.Range(turn, 23 - turn).Where(later => later % 7 == place).Select(places.Row).FirstOrDefault(places.First(place + 1));
                Assert.AreEqual(next, places.Next(place, turn), $"place {place}, turn {turn}");
            }
    }

    [TestMethod]
    public void As_many_rows_as_can_be_counted_have_places()
    {
        var places = new RowPlaces(Array.MaxLength, 16);
        Assert.AreEqual(Array.MaxLength, places.First(16));
        Assert.AreEqual(Array.MaxLength - 1, Enumerable.Range(Array.MaxLength - 16, 16).Max(places.Row));
        Assert.AreEqual(Array.MaxLength, places.Next(15, Array.MaxLength));
    }

    private static int[] Turns(RowPlaces places, int rows) => [.. Enumerable.Range(0, rows).Select(places.Row)];
}
