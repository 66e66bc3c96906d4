using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Transforms;

[TestClass]
public class NetworkOfModelTests
{
    [TestMethod]
    public void The_network_is_found_in_a_pipeline_of_pipelines_and_alone()
    {
        SpikingNetworkTransformer network = Network();
        Assert.AreSame(network, SpikingNetworkTransformer.Of(network));
        Assert.AreSame(network, SpikingNetworkTransformer.Of(new TransformerChain<ITransformer>(Other(), new TransformerChain<ITransformer>(network), Other())));
    }

    [TestMethod]
    public void None_or_two_are_refused_with_what_there_is()
    {
        Assert.AreEqual("The model holds no spiking networks, of ColumnCopyingTransformer, but exactly one is needed. [SPK3003]",
            Assert.ThrowsExactly<ArgumentException>(() => SpikingNetworkTransformer.Of(Other())).Message);
        StringAssert.StartsWith(Assert.ThrowsExactly<ArgumentException>(() => SpikingNetworkTransformer.Of(new TransformerChain<ITransformer>(Network(), Network()))).Message,
            "The model holds 2 spiking networks, of SpikingNetworkTransformer, SpikingNetworkTransformer");
    }

    [TestMethod]
    public void Classes_without_names_are_counted_from_0()
        => CollectionAssert.AreEqual((string[])["0", "1", "2"], Network().ClassNames.Take(3).ToArray());

    private static SpikingNetworkTransformer Network() => new(new MLContext(), GoldenFile.OpenOwn("network_evaluation").Model(), labels: null);

    private static Microsoft.ML.Transforms.ColumnCopyingTransformer Other()
    {
        var ml = new MLContext();
        return ml.Transforms.CopyColumns("B", "A").Fit(ml.Data.LoadFromEnumerable([new { A = 1f }]));
    }
}
