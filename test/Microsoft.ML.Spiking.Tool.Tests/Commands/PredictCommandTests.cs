using System.Text.Json;
using SkiaSharp;

namespace Microsoft.ML.Spiking.Tests.Commands;

[TestClass]
public class PredictCommandTests
{
    [TestMethod]
    public void Each_image_has_a_line_with_its_class_and_probability()
    {
        using var folder = new TemporaryFolder();
        string left = Toy.Draw(folder["a.png"], 0), right = Toy.Draw(folder["b.png"], 1);

        Answer answer = Answer.To("predict", left, right, "-m", Toy.Model);

        Assert.AreEqual(ExitCode.Done, answer.Code, answer.Errors);
        Assert.HasCount(2, answer.Lines);
        StringAssert.StartsWith(answer.Lines[0], $"{left}\tleft\t0.", StringComparison.Ordinal);
        StringAssert.StartsWith(answer.Lines[1], $"{right}\tright\t0.", StringComparison.Ordinal);
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void A_row_is_a_line_whatever_its_files_name_holds()
    {
        using var folder = new TemporaryFolder();
        string odd = Toy.Draw(folder["a\nb\tc\u001b[2J.png"], 0);

        Answer answer = Answer.To("predict", odd, "-m", Toy.Model);

        Assert.HasCount(1, answer.Lines);
        StringAssert.StartsWith(answer.Lines[0], $"{folder["a\\nb\\tc\\u001b[2J.png"]}\tleft\t0.", StringComparison.Ordinal);
        Assert.AreEqual(odd, Answer.To("predict", odd, "-m", Toy.Model, "--json").Json.GetProperty("source").GetString());
        Answer.To("predict", folder["no\nsuch.png"], "-m", Toy.Model).FailsWith(ExitCode.Data, "does not exist.");
    }

    [TestMethod]
    [DataRow(SKEncodedImageFormat.Png, "big.png")]
    [DataRow(SKEncodedImageFormat.Jpeg, "big.jpg")]
    public void Images_of_any_size_and_format_are_brought_to_the_models(SKEncodedImageFormat format, string name)
    {
        using var folder = new TemporaryFolder();

        StringAssert.Contains(Answer.To("predict", Toy.Draw(folder[name], 1, side: 100, format), "-m", Toy.Model).Output, "\tright\t", StringComparison.Ordinal);
    }

    [TestMethod]
    public void Inverted_the_left_half_is_the_dark_one()
    {
        using var folder = new TemporaryFolder();

        StringAssert.Contains(Answer.To("predict", Toy.Draw(folder["a.png"], 1), "-m", Toy.Model, "--invert").Output, "\tleft\t", StringComparison.Ordinal);
    }

    [TestMethod]
    public void As_JSON_each_row_is_a_document_and_the_top_adds_up_to_1()
    {
        using var folder = new TemporaryFolder();

        Answer answer = Answer.To("predict", Toy.WriteCsv(folder["rows.csv"], "left", "right", "left"), "-m", Toy.Model, "--json", "--top", "5");

        Assert.HasCount(3, answer.Lines);
        JsonElement second = JsonDocument.Parse(answer.Lines[1]).RootElement;
        Assert.AreEqual(1, second.GetProperty("row").GetInt64());
        Assert.AreEqual("right", second.GetProperty("label").GetString());
        Assert.AreEqual(2, second.GetProperty("top").GetArrayLength());
        Assert.AreEqual(1.0, second.GetProperty("top").EnumerateArray().Sum(c => c.GetProperty("score").GetDouble()), 1e-6);
    }

    [TestMethod]
    public void A_folder_of_images_is_predicted_in_the_order_of_their_names()
    {
        using var folder = new TemporaryFolder();
        Toy.Draw(folder["b.png"], 0);
        Toy.Draw(folder["a.png"], 1);

        Answer answer = Answer.To("predict", folder.FullName, "-m", Toy.Model);

        StringAssert.StartsWith(answer.Lines[0], $"{folder["a.png"]}\tright", StringComparison.Ordinal);
    }

    [TestMethod]
    public void Hidden_files_in_a_folder_of_images_are_passed_over_in_a_line()
    {
        using var folder = new TemporaryFolder();
        Toy.Draw(folder["a.png"], 1);
        folder.Write("._a.png", "no picture");

        Answer answer = Answer.To("predict", folder.FullName, "-m", Toy.Model);

        Assert.HasCount(1, answer.Lines);
        StringAssert.Contains(answer.Errors, "1 file or folder is passed over", StringComparison.Ordinal);
    }

    [TestMethod]
    public void Data_may_be_named_as_in_other_commands_too()
    {
        using var folder = new TemporaryFolder();
        string left = Toy.Draw(folder["a.png"], 0);

        Assert.AreEqual(Answer.To("predict", left, "-m", Toy.Model).Output, Answer.To("predict", "-m", Toy.Model, "-d", left).Output);
    }

    [TestMethod]
    public void A_row_with_a_missing_number_has_no_class()
    {
        using var folder = new TemporaryFolder();
        string csv = Toy.WriteCsv(folder["rows.csv"], "left", "right");
        File.AppendAllText(csv, "left," + new string(',', 15) + Environment.NewLine);

        Answer answer = Answer.To("predict", csv, "-m", Toy.Model);

        Assert.AreEqual("2\t-\t-", answer.Lines[2]);
        StringAssert.EndsWith(answer.Errors, "warning: 1 row got no answer: a feature is missing or no finite number." + Environment.NewLine, StringComparison.Ordinal);
    }

    [TestMethod]
    public void What_is_no_image_is_refused_by_its_name()
    {
        using var folder = new TemporaryFolder();

        Answer.To("predict", folder.Write("a.png", "no picture"), "-m", Toy.Model).FailsWith(ExitCode.Data, "a.png' cannot be read as an image.");
        Answer.To("predict", folder["absent.png"], "-m", Toy.Model).FailsWith(ExitCode.Data, "absent.png' does not exist.");
        Answer.To("predict", folder.Write("a.xyz", "what?"), "-m", Toy.Model).FailsWith(ExitCode.Data, "a.xyz' is no data that this tool knows.");
    }
}
