using System.Text.Json;

namespace Microsoft.ML.Spiking.Tests.Commands;

[TestClass]
public class DoctorCommandTests
{
    [TestMethod]
    public void Where_the_tests_train_the_doctor_finds_that_training_works()
    {
        Answer answer = Answer.To("doctor", "--json");

        Assert.AreEqual(ExitCode.Done, answer.Code, answer.Output);
        Assert.IsTrue(answer.Json.GetProperty("canTrain").GetBoolean());
        JsonElement training = answer.Json.GetProperty("findings").EnumerateArray().Single(finding => finding.GetProperty("name").GetString() == "training");
        Assert.AreEqual("ok", training.GetProperty("health").GetString());
    }

    [TestMethod]
    public void A_fault_has_its_remedy_on_the_next_line()
    {
        using StringWriter output = new(), errors = new();

        DoctorCommand.Draw(new Examination(CanTrain: false, [Finding.Ok("disk", "much"), Finding.Fail("libtorch", "it is not there.", "install it.")]), Terminal.Of(output, errors));

        CollectionAssert.AreEqual(
            (string[])["ok    disk        much", "fail  libtorch    it is not there.", "                  -> install it.", "Networks cannot be trained here; trained ones can be evaluated and served all the same."],
            output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }
}
