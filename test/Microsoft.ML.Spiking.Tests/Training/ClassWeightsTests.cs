using System.Collections.Immutable;

namespace Microsoft.ML.Spiking.Tests.Training;

[TestClass]
public class ClassWeightsTests
{
    private static readonly ImmutableArray<string> s_names = ["common", "rare", "absent"];

    [TestMethod]
    public void Balanced_weights_are_scikit_learns()
    {
        // compute_class_weight("balanced", classes=[0, 1], y=[0] * 6 + [1] * 2) is 8 / (2 * 6), 8 / (2 * 2).
        double[] weights = ClassWeights.Balanced.Of([6, 2, 0], s_names);

        CollectionAssert.AreEqual(new[] { 8.0 / 12, 8.0 / 4, 1 }, weights);
        Assert.AreEqual(8, 6 * weights[0] + 2 * weights[1], "the mean row weighs 1");
    }

    [TestMethod]
    public void Given_weights_go_by_name_and_a_class_that_is_not_named_weighs_1()
        => CollectionAssert.AreEqual(new[] { 1, 20.0, 0.5 }, ClassWeights.Of(("rare", 20), ("absent", 0.5)).Of([6, 2, 0], s_names));

    [TestMethod]
    public void Weights_are_equal_where_their_classes_and_numbers_are()
    {
        Assert.AreEqual(ClassWeights.Of(("b", 2), ("a", 3)), ClassWeights.Of(("a", 3), ("b", 2)));
        Assert.AreEqual(ClassWeights.Of(("b", 2), ("a", 3)).GetHashCode(), ClassWeights.Of(("a", 3), ("b", 2)).GetHashCode());
        Assert.AreNotEqual(ClassWeights.Of(("a", 2)), ClassWeights.Of(("a", 3)));
        Assert.AreNotEqual(ClassWeights.Of(("a", 2)), ClassWeights.Balanced);
    }

    [TestMethod]
    public void A_name_that_is_no_class_is_refused_with_those_that_are()
        => Refuses("ClassWeights names the class 'Rare', but the label knows 'common', 'rare', 'absent'; call it as the label does. [SPK1002]", () => ClassWeights.Of(("Rare", 20)).Of([6, 2, 0], s_names));

    [TestMethod]
    public void Weights_that_cannot_be_are_refused_at_the_door()
    {
        Refuses("ClassWeights names the class 'a' twice; keep one. [SPK1001]", () => ClassWeights.Of(("a", 1), ("a", 2)));
        Refuses("ClassWeights of 'a' is 0, but it must be greater than 0. [SPK1001]", () => new SpikingNetworkOptions { ClassWeights = ClassWeights.Of(("a", 0)) }.Check());
        Refuses("ClassWeights of 'a' is NaN, but it must be a finite number greater than 0. [SPK1001]", () => new SpikingNetworkOptions { ClassWeights = ClassWeights.Of(("a", double.NaN)) }.Check());
        Refuses("ClassWeights names no class, but at least one must weigh other than 1; leave it null for classes that count alike. [SPK1001]", () => new SpikingNetworkOptions { ClassWeights = ClassWeights.Of() }.Check());
    }

    private static void Refuses(string sentence, Action act) => Assert.AreEqual(sentence, Assert.ThrowsExactly<ArgumentException>(act).Message);
}
