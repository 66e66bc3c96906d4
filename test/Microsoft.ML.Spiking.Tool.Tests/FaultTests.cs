using System.Diagnostics;

namespace Microsoft.ML.Spiking.Tests;

/// <summary>Disks that are full, folders that nobody may write into, files that vanish, at each place that writes: nothing half written, the old file intact, one error line.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class FaultTests : IDisposable
{
    /// <summary>A folder in which not even root can make a file.</summary>
    private const string ReadOnly = "/sys/kernel";

    private readonly TemporaryFolder _folder = new();
    private readonly string _data;

    public FaultTests() => _data = Toy.WriteCsv(_folder["toy.csv"], [.. Enumerable.Range(0, 40).Select(row => Toy.Classes[row % 2])]);

    public void Dispose()
    {
        if (Directory.Exists(_folder["small"])) Process.Start("umount", ["-q", _folder["small"]]).WaitForExit();
        _folder.Dispose();
    }

    [TestMethod]
    public void A_place_where_no_model_can_be_written_is_refused_before_training()
    {
        foreach (string place in (string[])[$"{ReadOnly}/model.zip", _folder.FullName, Path.Combine(_data, "model.zip")])
        {
            Answer answer = Answer.To(Training(place, "--epochs", "1000000"));

            answer.FailsWith(ExitCode.Data, place == _folder.FullName ? "is a folder" : $"'{place}' cannot be written: ");
            Assert.Contains("--output", answer.Errors);
        }
    }

    [TestMethod]
    public void A_place_where_no_report_can_be_written_is_refused_before_the_rows_are_read()
    {
        foreach (string place in (string[])[$"{ReadOnly}/report.html", _folder.FullName])
        {
            Answer answer = Answer.To("report", "--model", "absent.zip", "--data", "absent.csv", "--output", place);

            answer.FailsWith(ExitCode.Data, place == _folder.FullName ? "is a folder" : $"'{place}' cannot be written: ");
            Assert.Contains("--output", answer.Errors);
        }
    }

    [TestMethod]
    public void A_folder_where_no_curves_can_be_written_is_refused_before_training()
    {
        Answer answer = Answer.To(Training(_folder["model.zip"], "--epochs", "1000000", "--tensorboard", _data));

        answer.FailsWith(ExitCode.Data, $"'{_data}' cannot be written: ");
        Assert.Contains("hint: name another folder with --tensorboard.", answer.Errors);
    }

    [TestMethod]
    public void A_model_that_finds_the_disk_full_is_saved_elsewhere_and_the_old_one_stays()
    {
        MountSmall();
        byte[] old = [1, 2, 3];
        File.WriteAllBytes(_folder["small/model.zip"], old);

        Answer answer = Answer.To(Training(_folder["small/model.zip"], "--batches", "5", "--neurons", "200"));

        answer.FailsWith(ExitCode.Data, $"'{_folder["small/model.zip"]}' cannot be written: ");
        CollectionAssert.AreEqual(old, File.ReadAllBytes(_folder["small/model.zip"]));
        CollectionAssert.AreEquivalent(new[] { "model.zip", "model.run.json" }, Directory.GetFiles(_folder["small"]).Select(Path.GetFileName).ToArray());
        string rescue = answer.Errors.Split("it was written to '")[1].Split('\'')[0];
        Assert.AreEqual(5, LoadedModel.Open(new MLContext(), rescue).Network.Model.Training.Batches);
        File.Delete(rescue);
    }

    [TestMethod]
    public void A_training_whose_checkpoint_is_elsewhere_goes_on_from_it_to_another_place()
    {
        MountSmall();
        Answer answer = Answer.To(Training(_folder["small/model.zip"], "--batches", "5", "--neurons", "200", "--checkpoint", _folder["kept.checkpoint"]));

        answer.FailsWith(ExitCode.Data, $"'{_folder["small/model.zip"]}' cannot be written: ");
        string command = answer.Errors.Split("name another place: spiking ")[1].Trim();
        Answer again = Answer.To(command.Replace("PATH", _folder["other.zip"], StringComparison.Ordinal).Split(' '));

        Assert.AreEqual(ExitCode.Done, again.Code, again.Errors);
        Assert.AreEqual(5, LoadedModel.Open(new MLContext(), _folder["other.zip"]).Network.Model.Training.Batches);
    }

    [TestMethod]
    public void Where_nothing_large_can_be_written_nothing_is_left_half_written()
    {
        // Files of at most 16 KB: room for the .run.json alone. The signal that would end the process becomes an error of the write.
        Answer answer = ToolProcess.Under("trap '' XFSZ; ulimit -f 16; DOTNET_EnableWriteXorExecute=0 exec \"$@\"", Training(_folder["model.zip"], "--batches", "5", "--neurons", "200"));

        answer.FailsWith(ExitCode.Data, $"'{_folder["model.zip"]}' cannot be written: ");
        Assert.Contains("name another place with --output.", answer.Errors);
        CollectionAssert.AreEquivalent(new[] { "toy.csv", "model.run.json" }, Directory.GetFiles(_folder.FullName).Select(Path.GetFileName).ToArray());
    }

    [TestMethod]
    public void Curves_that_find_the_disk_full_end_there_and_the_training_goes_on()
    {
        MountSmall("4k");
        Answer answer = Answer.To(Training(_folder["model.zip"], "--batches", "300", "--tensorboard", _folder["small"]));

        Assert.AreEqual(ExitCode.Done, answer.Code, answer.Errors);
        Assert.Contains($"warning: TensorBoard's curves in '{_folder["small"]}' end here, and training goes on: ", answer.Errors);
        Assert.IsGreaterThan(20, EventRecords.Tags(Directory.GetFiles(_folder["small"]).Single()).Count());
    }

    [TestMethod]
    public void A_report_that_finds_the_disk_full_leaves_the_old_one()
    {
        MountSmall();
        File.WriteAllText(_folder["small/report.html"], "old");

        Answer.To("report", "--model", Toy.Model, "--data", _data, "--output", _folder["small/report.html"]).FailsWith(ExitCode.Data, "cannot be written: ");

        Assert.AreEqual("old", File.ReadAllText(_folder["small/report.html"]));
        Assert.HasCount(1, Directory.GetFiles(_folder["small"]));
    }

    [TestMethod]
    public void Predictions_that_nobody_can_take_are_an_error_and_progress_that_nobody_can_take_is_none()
    {
        Answer full = ToolProcess.Under("exec \"$@\" > /dev/full", "predict", _data, "-m", Toy.Model);
        Assert.AreEqual(ExitCode.Data, full.Code, full.Errors);
        Assert.Contains("error: No space left on device", full.Errors);

        Answer quiet = ToolProcess.Under("exec \"$@\" 2> /dev/full", "predict", _data, "-m", Toy.Model);
        Assert.AreEqual(ExitCode.Done, quiet.Code);
        Assert.HasCount(40, quiet.Lines);
        Assert.AreEqual(ExitCode.Data, ToolProcess.Under("exec \"$@\" 2> /dev/full", "info", "-m", _folder["absent.zip"]).Code);
    }

    [TestMethod]
    public void A_model_whose_folder_vanishes_is_saved_elsewhere()
    {
        using Process training = ToolProcess.Start(Training(_folder["gone/model.zip"], "--epochs", "4000"));   // a line for every 200
        while (training.StandardError.ReadLine() is { } line && !line.StartsWith("epoch ", StringComparison.Ordinal)) { }
        while (Directory.Exists(_folder["gone"])) Remove(_folder["gone"]);
        ToolProcess.Send(training, "TERM");
        Answer answer = ToolProcess.Finish(training);

        Assert.AreEqual(ExitCode.Data, answer.Code, answer.Errors);
        string rescue = answer.Errors.Split("it was written to '")[1].Split('\'')[0];
        Assert.AreEqual(TrainingEnd.Cancelled, LoadedModel.Open(new MLContext(), rescue).Network.Model.Training.End);
        File.Delete(rescue);
    }

    [TestMethod]
    public void Data_that_vanish_are_named()
    {
        File.Delete(_data);
        Answer.To(Training(_folder["model.zip"])).FailsWith(ExitCode.Data, $"'{_data}' does not exist.");
        Answer.To("predict", _data, "-m", Toy.Model).FailsWith(ExitCode.Data, $"'{_data}' does not exist.");
    }

    private string[] Training(string output, params string[] more)
        => ["train", "--data", _data, "--columns", "4", "--hidden", "16", "--batch-size", "10", "--seed", "1", "--output", output, .. more];

    /// <summary>Takes a folder away, though files come into it meanwhile.</summary>
    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // Once more.
        }
    }

    private void MountSmall(string size = "32k")
    {
        Directory.CreateDirectory(_folder["small"]);
        using Process mount = Process.Start(new ProcessStartInfo("mount", ["-t", "tmpfs", "-o", $"size={size}", "none", _folder["small"]]) { RedirectStandardError = true })!;
        mount.WaitForExit();
        if (mount.ExitCode != 0) Assert.Inconclusive($"No small disk can be mounted here: {mount.StandardError.ReadToEnd().Trim()}");
    }
}
