namespace Microsoft.ML.Spiking.Tests.Data.Tables;

[TestClass]
public class LabelChoiceTests
{
    [TestMethod]
    [DataRow("x,kind,class\n1,a,2\n3,b,4\n", null, "column 'class', by its name; --label takes another.")]
    [DataRow("x,kind,class\n1,a,2\n3,b,4\n", "KIND", "column 'kind', as --label says.")]
    [DataRow("x,kind,y\n1,a,2\n3,b,4\n", null, "column 'kind', the only one of words; --label takes another.")]
    [DataRow("1,a,2\n3,b,4\n", null, "column 1, the only one of words; --label takes another.")]
    public void The_column_of_the_label_is_named_and_the_reason_for_it(string content, string? label, string sentence)
    {
        using var table = new Table();

        table.Features(content, label);

        StringAssert.Contains(table.Said, $"a.csv': {sentence}", StringComparison.Ordinal);
        StringAssert.Contains(table.Said, content.Contains("class", StringComparison.Ordinal) && label is null ? "Classes: 2, 4." : "Classes: a, b.", StringComparison.Ordinal);
    }

    [TestMethod]
    public void The_only_column_that_a_model_was_not_trained_on_is_the_label()
    {
        using var table = new Table();

        table.Features("x,result,y\n1,0,2\n3,1,4\n", names: ["x", "y"]);

        StringAssert.Contains(table.Said, "column 'result', the only one that is no feature of the model.", StringComparison.Ordinal);
    }

    [TestMethod]
    public void Several_columns_that_might_be_the_label_are_named()
    {
        using var table = new Table();

        table.Open(table.Write("a.csv", "x,sex,outcome\n1,f,good\n2,m,bad\n3,f,bad\n"));

        StringAssert.Contains(table.Said, "no single one holds words that come again, but sex, outcome do: choose with --label. Its columns: x, sex, outcome.", StringComparison.Ordinal);
    }

    [TestMethod]
    public void A_name_of_its_own_in_every_row_is_no_class()
    {
        using var table = new Table();
        string content = "x,name\n" + string.Concat(Enumerable.Range(0, 30).Select(row => $"{row % 7},person {row}\n"));

        Assert.IsFalse(table.Open(table.Write("a.csv", content)).Labelled);
        StringAssert.Contains(table.Said, "a.csv': none; no column is called label, class, target, species, and no single one holds words that come again. Its columns: x, name.", StringComparison.Ordinal);
        StringAssert.Contains(table.Said, "Left out: the column of words, name ('person 0'):", StringComparison.Ordinal);
    }
}
