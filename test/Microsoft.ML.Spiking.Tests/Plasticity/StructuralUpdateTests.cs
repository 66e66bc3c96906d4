namespace Microsoft.ML.Spiking.Tests.Plasticity;

[TestClass]
public class StructuralUpdateTests
{
    public static IEnumerable<object[]> Files => GoldenFile.Of("topology");

    [TestMethod]
    [DynamicData(nameof(Files))]
    public void Connections_grow_and_go_as_in_the_reference(string name)
    {
        GoldenFile file = GoldenFile.Open(name);
        var rule = new StructuralPlasticity
        {
            FormationThreshold = file.Number("parameters.formation_threshold"),
            PruningThreshold = file.Number("parameters.pruning_threshold"),
            WeakWeight = file.Number("parameters.weak_weight"),
            MaximumDensity = file.Number("parameters.max_density"),
        };
        float[] topology = file.Array("inputs.topology"), weights = file.Array("inputs.inter_weights");
        rule.Apply(topology, weights, file.Array("inputs.potential"), file.Array("inputs.usage"));
        CollectionAssert.AreEqual(file.Array("expected.topology"), topology);
        Close.Values(file.Array("expected.inter_weights"), weights, "weights");
    }
}
