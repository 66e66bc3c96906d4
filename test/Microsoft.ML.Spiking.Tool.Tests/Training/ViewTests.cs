using System.Threading.Channels;
using Spectre.Console.Testing;

namespace Microsoft.ML.Spiking.Tests;

[TestClass]
public class ViewTests
{
    [TestMethod]
    public void A_curve_in_a_line_goes_from_its_least_to_its_largest()
    {
        Assert.AreEqual("▁▃▅█", Sparkline.Of([0, 2, 4, 7], width: 10));
        Assert.AreEqual("▁█", Sparkline.Of([0, 2, 6, 8], width: 2));
        Assert.AreEqual("▁▁", Sparkline.Of([3, 3], width: 10));
        Assert.AreEqual("", Sparkline.Of([], width: 10));
    }

    [TestMethod]
    public void The_table_shows_the_last_eight_epochs_the_best_validation_and_how_far_it_is()
    {
        using TestConsole console = new TestConsole().Width(120).EmitAnsiSequences();
        var view = new LiveView(console, "images", "validation", CancellationToken.None);
        for (int epoch = 1; epoch <= 10; epoch++) view.Take(Epoch(epoch));

        console.Write(view.Draw());

        Assert.DoesNotContain("0.2000", console.Output, "epoch 2's loss");
        StringAssert.Contains(console.Output, "0.3000");
        StringAssert.Contains(console.Output, "...");
        StringAssert.Contains(console.Output, "images/s");
        StringAssert.Contains(console.Output, "epoch 10 of 10, batch 100 of 100, 1,234 images/s, 01:05 left");
    }

    [TestMethod]
    public void An_interruption_is_shown()
    {
        using TestConsole console = new TestConsole().Width(120);
        var view = new LiveView(console, "images", "validation", new CancellationToken(canceled: true));
        view.Take(Epoch(1));

        console.Write(view.Draw());

        StringAssert.Contains(console.Output, "finishing the batch; once more ends at once");
    }

    [TestMethod]
    public void An_epoch_as_a_line_has_all_that_the_table_has()
        => Assert.AreEqual("epoch 2/10  loss 0.2000  training accuracy 0.9000  test accuracy 0.8500  spike rate 0.0512  density 0.1250  1234 images/s  01:05 left", LineView.Line(Epoch(2), "images", "test"));

    [TestMethod]
    [DataRow(5, 10, 5, DisplayName = "few epochs: each")]
    [DataRow(250, 0, 20, DisplayName = "many short ones: every thirteenth, and the last")]
    [DataRow(250, 40, 250, DisplayName = "many long ones: each")]
    public async Task Epochs_by_line_are_some_twenty_unless_they_take_long(int epochs, int seconds, int lines)
    {
        var channel = Channel.CreateUnbounded<TrainingProgress>();
        for (int epoch = 1; epoch <= epochs; epoch++) channel.Writer.TryWrite(Epoch(epoch) with { Epochs = epochs, TrainingTime = TimeSpan.FromSeconds(seconds * epoch) });
        channel.Writer.Complete();
        using var writer = new StringWriter();

        await new LineView(writer, "rows", "test").ShowAsync(channel.Reader);

        string[] written = writer.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.HasCount(lines, written);
        StringAssert.StartsWith(written[^1], $"epoch {epochs}/{epochs}  ", StringComparison.Ordinal);
    }

    [TestMethod]
    [DataRow("90s", 90.0)]
    [DataRow("1.5m", 90.0)]
    [DataRow("2h", 7200.0)]
    [DataRow("1:30:00", 5400.0)]
    public void Times_are_written_as_people_write_them(string text, double seconds) => Assert.AreEqual(TimeSpan.FromSeconds(seconds), DurationText.Parse(text));

    [TestMethod]
    [DataRow("90")]
    [DataRow("s")]
    [DataRow("-5s")]
    [DataRow("soon")]
    public void Other_words_are_no_times(string text) => Assert.IsNull(DurationText.Parse(text));

    [TestMethod]
    public void Devices_are_auto_cpu_and_cuda()
    {
        Assert.AreEqual(TrainingDevice.Auto, DeviceText.Parse("auto"));
        Assert.AreEqual(TrainingDevice.Cpu, DeviceText.Parse("CPU"));
        Assert.AreEqual(TrainingDevice.Cuda(2), DeviceText.Parse("cuda:2"));
        Assert.IsNull(DeviceText.Parse("cuda:-1"));
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void A_command_can_be_pasted_into_a_shell() => Assert.AreEqual("spiking --data 'my data' 'it'\\''s' a/b.zip", ShellWords.Join(["spiking", "--data", "my data", "it's", "a/b.zip"]));

    private static EpochProgress Epoch(int epoch) => new()
    {
        Epoch = epoch, Epochs = 10, Batches = 10 * epoch, TotalBatches = 100, Loss = epoch / 10.0, Accuracy = 0.9, ValidationAccuracy = 0.85,
        SpikeRate = 0.0512, ConnectionDensity = 0.125, Clustering = 0.5,
        PathLength = 2, Formed = 0, Pruned = 0, StdpShare = null, LearningRate = 1e-3, RowsPerSecond = 1234, TrainingTime = TimeSpan.FromSeconds(10), TimeLeft = TimeSpan.FromSeconds(65),
    };
}
