namespace Microsoft.ML.Spiking.Tests.Samples;

[TestClass]
public class RowPlacesTests
{
    public static IEnumerable<object[]> All =>
    [
        [1, 1, 1], [10, 1, 1], [16, 16, 1], [100, 16, 1], [23, 7, 1], [103, 16, 8], [101, 16, 2], [100, 64, 64], [5, 8, 8], [7, 16, 8],
    ];

    [TestMethod]
    [DynamicData(nameof(All))]
    public void An_epoch_has_each_row_once(int rows, int count, int shares)
    {
        var places = new RowPlaces(rows, count, shares);
        for (int epoch = 1; epoch < 5; epoch++)
            CollectionAssert.AreEqual(Enumerable.Range(0, rows).ToArray(), Turns(places, epoch, rows).Order().ToArray(), $"epoch {epoch}");
    }

    /// <summary>Places begin at 0, 4 and 7, and in the second epoch as many rows on as the longest has.</summary>
    [TestMethod]
    public void A_row_of_each_place_comes_in_turn()
    {
        CollectionAssert.AreEqual(new[] { 0, 4, 7, 1, 5, 8, 2, 6, 9, 3 }, Turns(new RowPlaces(10, 3), 1, 10));
        CollectionAssert.AreEqual(new[] { 4, 8, 1, 5, 9, 2, 6, 0, 3, 7 }, Turns(new RowPlaces(10, 3), 2, 10));
    }

    /// <summary>Of 10 rows in 4 places, the first two of which are of share 0: they begin at 0 and 3, those of share 1 at 5 and 8.</summary>
    [TestMethod]
    public void The_places_of_a_share_follow_on_each_other()
        => CollectionAssert.AreEqual(new[] { 0, 5, 3, 8, 1, 6, 4, 9, 2, 7 }, Turns(new RowPlaces(10, 4, shares: 2), 1, 10));

    [TestMethod]
    public void One_place_has_the_rows_in_their_order() => CollectionAssert.AreEqual(new[] { 0, 1, 2, 3, 4 }, Turns(new RowPlaces(5, 1), 3, 5));

    [TestMethod]
    [DynamicData(nameof(All))]
    public void Where_a_place_goes_on_is_where_its_next_turn_is(int rows, int count, int shares)
    {
        var places = new RowPlaces(rows, count, shares);
        for (int epoch = 1; epoch < 4; epoch++)
            for (int turn = 0; turn < rows; turn++)
                Assert.AreEqual(places.Row(epoch, turn), places.Next(epoch, places.Of(turn), turn), $"epoch {epoch}, turn {turn}");
    }

    [TestMethod]
    [DynamicData(nameof(All))]
    public void In_the_next_epoch_a_place_goes_on_where_it_ended_or_one_row_on(int rows, int count, int shares)
    {
        var places = new RowPlaces(rows, count, shares);
        for (int epoch = 1; epoch < 5; epoch++)
            for (int place = 0; place < count; place++)
                Assert.IsLessThan(2, (places.Next(epoch + 1, place, 0) - places.Next(epoch, place, rows) + rows) % rows, $"epoch {epoch}, place {place}");
    }

    [TestMethod]
    public void As_many_rows_as_can_be_counted_have_places()
    {
        var places = new RowPlaces(Array.MaxLength, 16);

        Assert.AreEqual(Array.MaxLength - 1, Enumerable.Range(Array.MaxLength - 16, 16).Max(turn => places.Row(1, turn)));
        for (int epoch = 1; epoch < 100_000_000; epoch *= 7)
            Assert.IsTrue(Enumerable.Range(Array.MaxLength - 16, 16).All(turn => places.Row(epoch, turn) is >= 0 and < int.MaxValue), $"{epoch}");
        Assert.AreEqual(places.Next(2, 15, 0), places.Next(1, 15, Array.MaxLength) + 1, "the last place has a row less, of which it is told apart");
    }

    private static int[] Turns(RowPlaces places, int epoch, int rows) => [.. Enumerable.Range(0, rows).Select(turn => places.Row(epoch, turn))];
}
