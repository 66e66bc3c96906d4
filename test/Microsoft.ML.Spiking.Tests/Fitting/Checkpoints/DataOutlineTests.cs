namespace Microsoft.ML.Spiking.Tests.Fitting;

/// <summary>Each thing in which data may differ has its own words.</summary>
[TestClass]
public class DataOutlineTests
{
    private static readonly DataOutline s_outline = new(24, 3, [2, 3], SpikeTrains: false, Mean: 0.5, Deviation: 0.25, "A", "B", ["a", "b", "c"], "C");

    private static readonly Dictionary<string, (DataOutline Now, string? Sentence)> s_others = new()
    {
        ["the same"] = (s_outline with { Dimensions = [2, 3], Names = ["a", "b", "c"] }, null),
        ["without names"] = (s_outline with { Names = null }, null),
        ["rows"] = (s_outline with { Rows = 25 }, "24 rows, and these are 25"),
        ["classes"] = (s_outline with { Classes = 4 }, "3 classes, and these are 4"),
        ["spike trains"] = (s_outline with { SpikeTrains = true }, "intensities, and these are spike trains"),
        ["dimensions"] = (s_outline with { Dimensions = [3, 2] }, "inputs of dimensions [2, 3], and these are [3, 2]"),
        ["a name"] = (s_outline with { Names = ["a", "d", "e"] }, "a feature 'b' where these have 'd'"),
        ["names whose number is another"] = (s_outline with { Names = ["a", "b"] }, "3 names of features, and these have 2"),
        ["mean"] = (s_outline with { Mean = 0.75 }, "features of mean 0.5 and deviation 0.25, and these have 0.75 and 0.25"),
        ["deviation"] = (s_outline with { Deviation = 1 }, "features of mean 0.5 and deviation 0.25, and these have 0.5 and 1"),
        ["labels"] = (s_outline with { Labels = "" }, "rows whose labels stand in another order"),
        ["features"] = (s_outline with { Features = "" }, "other features, or rows in another order"),
        ["weights"] = (s_outline with { Weights = null }, "rows that weigh otherwise"),
        ["start"] = (s_outline with { Start = "D" }, "the same rows, but from other weights at the start"),
    };

    public static IEnumerable<object[]> Others => s_others.Keys.Select(key => new object[] { key });

    [TestMethod]
    [DynamicData(nameof(Others))]
    public void A_difference_is_said(string which) => Assert.AreEqual(s_others[which].Sentence, s_outline.Difference(s_others[which].Now));

    [TestMethod]
    public void Data_that_got_names_are_the_same_data() => Assert.IsNull((s_outline with { Names = null }).Difference(s_outline));

    [TestMethod]
    public void Spike_trains_are_called_so()
        => Assert.AreEqual("spike trains, and these are intensities", (s_outline with { SpikeTrains = true }).Difference(s_outline));
}
