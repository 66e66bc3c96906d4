namespace Microsoft.ML.Spiking.Tests.Data.Tables;

[TestClass]
public class FeatureChoiceTests
{
    private static readonly string[] s_names = ["x", "y"];

    [TestMethod]
    public void Nothing_but_the_rows_numbers_is_no_table_to_learn_from()
    {
        using var table = new Table();
        string content = ",sex,survived\n" + string.Concat(Enumerable.Range(1, 10).Select(row => $"{row},{(row % 2 == 0 ? "f" : "m")},{(row % 3 == 0 ? "yes" : "no")}\n"));

        StringAssert.Contains(table.Refuses(content, label: "survived").Message, "looks like the rows' numbers and says nothing of a class.", StringComparison.Ordinal);
    }

    [TestMethod]
    public void Cells_without_a_number_are_said_with_the_way_to_fill_them()
    {
        using var table = new Table();

        table.Features("a,b,label\n1,2,x\n?,3,y\n");

        StringAssert.Contains(table.Said, "Without a number in some rows: a. Such rows are not trained on and get no answer, unless --fill-missing puts the column's mean there.", StringComparison.Ordinal);
    }

    [TestMethod]
    [DataRow("label,y,x\na,2,1\nb,4,3\n", DisplayName = "another order")]
    [DataRow("id,y,note,x\n7,2,n,1\n8,4,m,3\n", DisplayName = "more columns, and no label")]
    [DataRow("Y,X\n2,1\n4,3\n", DisplayName = "other letters")]
    [DataRow("y,x\n2,1\n4,3\n", DisplayName = "nothing but the features")]
    public void Where_a_model_has_names_columns_are_matched_by_them(string content)
    {
        using var table = new Table();

        CollectionAssert.AreEqual((float[])[1, 2, 3, 4], table.Features(content, names: s_names).SelectMany(row => row).ToArray());
    }

    [TestMethod]
    public void A_file_without_a_header_is_taken_in_its_order()
    {
        using var table = new Table();

        CollectionAssert.AreEqual((float[])[1, float.NaN], table.Features("1,?\n", names: s_names).SelectMany(row => row).ToArray());
    }

    [TestMethod]
    [DataRow("x,z,label\n1,2,a\n3,4,b\n", "has no column 'y', which the model was trained on.")]
    [DataRow("x,y,label\n1,2,a\nlow,4,b\n", "Column 'x' of")]
    public void What_a_model_needs_and_the_file_lacks_is_named(string content, string message)
    {
        using var table = new Table();

        StringAssert.Contains(table.Refuses(content, names: s_names).Message, message, StringComparison.Ordinal);
    }

    [TestMethod]
    public void The_names_go_with_the_features()
    {
        using var table = new Table();

        CollectionAssert.AreEqual(s_names, SlotNames.Of(table.Open(table.Write("a.csv", "x,label,y\n1,a,2\n3,b,4\n")).View.Schema["Features"]).ToArray());
    }

    [TestMethod]
    [DataRow("\"\",x,label\n", 1, DisplayName = "R's row names")]
    [DataRow(",x,label\n", 0, DisplayName = "pandas' index")]
    [DataRow("id,x,label\n", 1001, DisplayName = "a database's id")]
    public void Row_numbers_are_noticed_and_the_remedy_said(string header, int first)
    {
        using var table = new Table();
        string content = header + string.Concat(Enumerable.Range(first, 10).Select(row => $"{row},{row % 3 * 0.5},{(row % 2 == 0 ? "a" : "b")}\n"));
        string name = header.StartsWith("id", StringComparison.Ordinal) ? "id" : "0";

        Assert.HasCount(2, table.Features(content)[0]);
        StringAssert.EndsWith(table.Warnings, $"leave it out with --ignore {name}.", StringComparison.Ordinal);

        Assert.HasCount(1, table.Features(content, ignored: name)[0]);
    }

    [TestMethod]
    public void A_shuffled_index_is_known_by_having_no_name()
    {
        using var table = new Table();

        table.Features(",x,label\n7,0.5,a\n3,0.1,b\n9,0.2,a\n");

        StringAssert.Contains(table.Warnings, "looks like the rows' numbers", StringComparison.Ordinal);
    }

    [TestMethod]
    public void What_is_left_out_is_said_and_why()
    {
        using var table = new Table();
        string rows = string.Concat(Enumerable.Range(0, 40).Select(row => $"{row % 3},city{row % 4},,{(row == 33 ? "unknown" : $"{row % 5}")},{(row % 2 == 0 ? "a" : "b")}\n"));

        Assert.HasCount(1, table.Features("x,city,nothing,height,label\n" + rows)[0]);

        StringAssert.Contains(table.Said, "Left out: the column of words, city ('city0'):", StringComparison.Ordinal);
        StringAssert.Contains(table.Said, "Left out: the column without a value, nothing:", StringComparison.Ordinal);
        StringAssert.Contains(table.Warnings, "Column 'height' of", StringComparison.Ordinal);
        StringAssert.Contains(table.Warnings, "is left out: it holds numbers, but line 35 has 'unknown'", StringComparison.Ordinal);
    }

    [TestMethod]
    public void Of_words_an_example_shows_why_they_are_no_numbers()
    {
        using var table = new Table();

        table.Features("x,share,comment,label\n1,12.5%,a word that is much longer than others,a\n2,40%,b,b\n", label: "label");

        StringAssert.Contains(table.Said, "Left out: the columns of words, share ('12.5%'), comment ('a word that is much long…'):", StringComparison.Ordinal);
    }

    [TestMethod]
    [DataRow("x,y,label\n1,2,a\n3,4.1e40,b\n", null, DisplayName = "of a table")]
    [DataRow("x,y,label\n1,2,a\n3,4.1e40,b\n", new[] { "x", "y" }, DisplayName = "of a model's features")]
    public void A_number_that_no_Single_holds_is_refused_and_no_word(string content, string[]? names)
    {
        using var table = new Table();

        StringAssert.EndsWith(table.Refuses(content, names: names).Message, "a.csv' has '4.1e40' in line 3, but numbers reach as far as a Single does, to 3.4E38.", StringComparison.Ordinal);
    }

    [TestMethod]
    public void What_a_file_without_names_is_taken_for_is_said()
    {
        using var table = new Table();

        table.Features("1,2\n3,4\n", names: s_names);

        StringAssert.Contains(table.Said, "has no line that names its columns; in their order they are taken for x, y.", StringComparison.Ordinal);
    }

    [TestMethod]
    public void Large_numbers_that_do_not_count_the_rows_are_a_feature_like_others()
    {
        using var table = new Table();

        // A Single makes one number of them all.
        table.Features("stamp,x,label\n" + string.Concat(Enumerable.Range(0, 10).Select(row => $"{1_700_000_000_000 + row * row},{row % 3},{(row % 2 == 0 ? "a" : "b")}\n")));
        Assert.AreEqual("", table.Warnings);

        table.Features("stamp,x,label\n" + string.Concat(Enumerable.Range(0, 10).Select(row => $"{1_700_000_000_000 + row},{row % 3},{(row % 2 == 0 ? "a" : "b")}\n")));
        StringAssert.Contains(table.Warnings, "looks like the rows' numbers", StringComparison.Ordinal);
    }

    [TestMethod]
    public void A_column_to_ignore_that_there_is_not_is_refused()
    {
        using var table = new Table();

        StringAssert.Contains(table.Refuses("x,label\n1,a\n2,b\n", ignored: "y").Message, "has no column 'y'.", StringComparison.Ordinal);
    }
}
