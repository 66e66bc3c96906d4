namespace Microsoft.ML.Spiking.Tests.Descent;

[TestClass]
public class GradientTreeTests
{
    // In the order of the tree the small ones meet first; from left to right each is lost in the large one.
    private static readonly float[] s_terms = [1 << 24, 1, 1, 1, 1, 1, 1, 1];

    [TestMethod]
    public void Neighbours_are_added_by_twos()
    {
        float byHand = (s_terms[0] + s_terms[1] + (s_terms[2] + s_terms[3])) + (s_terms[4] + s_terms[5] + (s_terms[6] + s_terms[7]));
        Assert.AreEqual((1 << 24) + 6, byHand);

        Assert.AreEqual(byHand, Sum(s_terms));
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(4)]
    [DataRow(8)]
    public void Whoever_adds_what_the_sum_is_the_same(int processes)
    {
        int own = s_terms.Length / processes;
        var rows = new AlignedFloats(processes);
        for (int process = 0; process < processes; process++) rows.Span[process] = Sum(s_terms[(process * own)..((process + 1) * own)]);

        GradientTree.AddRows(rows, width: 1);

        Assert.AreEqual(Sum(s_terms), rows.Span[0]);
    }

    [TestMethod]
    public void Long_gradients_are_added_all_through()
    {
        const int Length = 100_001;
        var tree = new GradientTree(Length);
        for (int term = 0; term < 4; term++)
        {
            AlignedFloats room = tree.Room();
            for (int i = 0; i < Length; i++) room.Span[i] = i + term;
            tree.Add(room);
        }

        AlignedFloats sum = tree.Take();

        for (int i = 0; i < Length; i++) Assert.AreEqual(4f * i + 6, sum.Span[i], 4f * i * 1e-6f);
    }

    private static float Sum(float[] terms)
    {
        var tree = new GradientTree(length: 1);
        foreach (float term in terms)
        {
            AlignedFloats room = tree.Room();
            room.Span[0] = term;
            tree.Add(room);
        }
        return tree.Take().Span[0];
    }
}
