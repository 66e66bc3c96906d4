using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Spiking.Tests.Fitting;

[TestClass]
public class LogTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly List<LoggingEventArgs> _log = [];

    public LogTests() => _ml.Log += (_, line) =>
    {
        if (line.Source.Contains(nameof(SpikingNetworkTrainer), StringComparison.Ordinal)) _log.Add(line);
    };

    [TestMethod]
    public void The_device_and_every_epoch_have_a_line_and_nothing_is_a_warning()
    {
        Fit(Toy.Options with { Batches = null, Epochs = 3 }, Toy.Data(_ml));

        string[] lines = Lines(ChannelMessageKind.Info);
        Assert.HasCount(1, lines.Where(line => line == "Training on the CPU, as the options say.").ToArray());
        for (int epoch = 1; epoch <= 3; epoch++)
            Assert.HasCount(1, lines.Where(line => line.StartsWith($"Epoch {epoch} of 3: loss ", StringComparison.Ordinal)).ToArray());
        Assert.HasCount(5, lines, string.Join('\n', lines));
        Assert.HasCount(0, Lines(ChannelMessageKind.Warning));
        Assert.HasCount(0, Lines(ChannelMessageKind.Error));
    }

    [TestMethod]
    public void Rows_without_label_or_features_are_left_out_with_one_warning()
    {
        Sample[] samples = Toy.Samples(12);
        samples[3].Class = samples[4].Class = "unknown";
        samples[5].Features[0] = float.NaN;

        SpikingModel model = Fit(Toy.Options, Toy.Keyed(_ml, samples));

        CollectionAssert.AreEqual(new[] { "Left out 3 of 12 rows: of 2 the label is missing, or none that Key<UInt32, 0-2> counts, and of 1 the features are missing or not finite." }, Lines(ChannelMessageKind.Warning));
        Assert.AreEqual(9, model.Training.Rows);
    }

    [TestMethod]
    public void What_is_left_out_leaves_no_trace_in_the_model()
    {
        Sample[] samples = Toy.Samples(12);
        SpikingModel clean = Fit(Toy.Options, Toy.Keyed(_ml, samples));

        SpikingModel model = Fit(Toy.Options, Toy.Keyed(_ml, [new Sample { Class = "unknown", Features = [9, 9, 9, 9, 9, 9, 9] }, .. samples]));

        CollectionAssert.AreEqual(clean.HiddenWeights, model.HiddenWeights);
        Assert.AreEqual(clean.Standardisation, model.Standardisation);
    }

    [TestMethod]
    public void Only_rows_without_a_label_are_nothing_to_train_on()
    {
        IDataView data = Toy.Keyed(_ml, [new Sample { Class = "unknown", Features = new float[7] }]);

        var refusal = Assert.ThrowsExactly<InvalidOperationException>(() => Fit(Toy.Options, data));
        StringAssert.StartsWith(refusal.Message, "There is nothing to train on: of 1 rows, 1 have no label");
    }

    [TestMethod]
    public void Nothing_is_written_to_the_console()
    {
        (TextWriter output, TextWriter errors) = (Console.Out, Console.Error);
        using var written = new StringWriter();
        try
        {
            Console.SetOut(written);
            Console.SetError(written);
            Fit(Toy.Options with { ProgressInterval = 1 }, Toy.Data(_ml));
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(errors);
        }
        Assert.AreEqual("", written.ToString());
    }

    private SpikingModel Fit(SpikingNetworkOptions options, IDataView data) => _ml.MulticlassClassification.Trainers.SpikingNetwork(options).Fit(data).Model;

    private string[] Lines(ChannelMessageKind kind) => [.. _log.Where(line => line.Kind == kind).Select(line => line.RawMessage)];
}
