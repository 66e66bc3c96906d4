using Microsoft.ML.Spiking.Competition;

namespace Microsoft.ML.Spiking.Tests.Competition;

[TestClass]
public class RewardJudgeTests
{
    private readonly RewardJudge _judge = new(neurons: 2, classes: 3);

    [TestMethod]
    public void Who_has_not_fired_speaks_for_no_class_and_errs_in_none()
    {
        Assert.AreEqual(-1, _judge.ClassOf(0));
        Assert.IsFalse(_judge.Errs(0, label: 2));
    }

    [TestMethod]
    public void A_neuron_speaks_for_the_class_that_it_has_fired_most_for()
    {
        foreach (int label in (int[])[2, 1, 1]) _judge.Errs(0, label);
        Assert.AreEqual(1, _judge.ClassOf(0));
        Assert.AreEqual(-1, _judge.ClassOf(1));
    }

    [TestMethod]
    public void It_errs_where_it_fires_for_another_than_it_has_spoken_for_until_then()
    {
        Assert.IsFalse(_judge.Errs(0, 2));
        Assert.IsFalse(_judge.Errs(0, 2));
        Assert.IsTrue(_judge.Errs(0, 1));
        Assert.IsTrue(_judge.Errs(0, 1), "two spikes for each: the first class is meant");
        Assert.IsFalse(_judge.Errs(0, 1), "most are for it now");
    }
}
