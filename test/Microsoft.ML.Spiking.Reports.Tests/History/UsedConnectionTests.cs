namespace Microsoft.ML.Spiking.Tests.History;

[TestClass]
public class UsedConnectionTests
{
    [TestMethod]
    public void The_most_used_comes_first_with_the_sigmoid_of_its_weight()
    {
        // Matrices [post, pre]; column 0 hears 1, and 1 hears both 0 and 2.
        SpikingModel model = Stripes.Model.With(trained => trained with
        {
            Layer = ((ColumnLayer)trained.Layer) with { Columns = 3 },
            Topology = Graph.FromAdjacency(3, [0, 1, 0, 1, 0, 1, 0, 0, 0]),
            InterWeights = [0, MathF.Log(3), 5, 0, 0, -MathF.Log(3), 5, 5, 5],
            ConnectionUsage = [9, 0.25f, 9, 0.125f, 9, 0.5f, 9, 9, 9],
        });
        IReadOnlyList<UsedConnection> used = UsedConnection.Of(model);
        CollectionAssert.AreEqual((string[])["2>1", "1>0", "0>1"], used.Select(connection => $"{connection.From}>{connection.To}").ToArray());
        CollectionAssert.AreEqual((double[])[0.25, 0.75, 0.5], used.Select(connection => Math.Round(connection.Weight, 6)).ToArray());
        CollectionAssert.AreEqual((double[])[0.5, 0.25, 0.125], used.Select(connection => connection.Usage).ToArray());
    }

    [TestMethod]
    public void A_trained_model_has_one_for_every_connection()
        => Assert.HasCount(Stripes.Model.Layers[0].Topology.Connections, UsedConnection.Of(Stripes.Model));
}
