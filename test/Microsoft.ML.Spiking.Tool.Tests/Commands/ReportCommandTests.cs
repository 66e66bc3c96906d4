namespace Microsoft.ML.Spiking.Tests.Commands;

[TestClass]
public class ReportCommandTests
{
    [TestMethod]
    public void The_report_is_a_page_with_the_title_asked_for()
    {
        using var folder = new TemporaryFolder();

        Answer answer = Answer.To("report", "-m", Toy.Model, "-d", Toy.DrawFolder(folder["images"]), "-o", folder["r.html"], "--title", "Halves");

        Assert.AreEqual(ExitCode.Done, answer.Code, answer.Errors);
        Assert.AreEqual(folder["r.html"], answer.Lines.Single());
        string page = File.ReadAllText(folder["r.html"]);
        StringAssert.StartsWith(page, "<!DOCTYPE html>", StringComparison.OrdinalIgnoreCase);
        StringAssert.Contains(page, "Halves", StringComparison.Ordinal);
    }

    [TestMethod]
    public void Rows_without_an_answer_are_warned_of()
    {
        using var folder = new TemporaryFolder();
        string csv = Toy.WriteCsv(folder["rows.csv"], "left", "right");
        File.AppendAllText(csv, "left," + new string(',', 15) + Environment.NewLine);

        StringAssert.Contains(Answer.To("report", "-m", Toy.Model, "-d", csv, "-o", folder["r.html"]).Errors, "warning: 1 row got no answer", StringComparison.Ordinal);
    }

    [TestMethod]
    public void Where_no_row_gets_an_answer_the_data_are_at_fault()
    {
        using var folder = new TemporaryFolder();
        string csv = Toy.WriteCsv(folder["rows.csv"]);
        File.AppendAllText(csv, "left,1" + new string(',', 15) + Environment.NewLine);

        Answer.To("report", "-m", Toy.Model, "-d", csv, "-o", folder["r.html"]).FailsWith(ExitCode.Data, "No row of the data could be scored");
    }

    [TestMethod]
    public void A_folder_that_is_not_there_is_not_made()
    {
        using var folder = new TemporaryFolder();

        Answer.To("report", "-m", Toy.Model, "-d", folder.FullName, "-o", folder["deep/r.html"]).FailsWith(ExitCode.Data, "does not exist.");
        Assert.IsFalse(Directory.Exists(folder["deep"]));
    }
}
