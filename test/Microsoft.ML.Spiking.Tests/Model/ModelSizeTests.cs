using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Model;

/// <summary>What is too large for memory is refused in one sentence, before any of it is made.</summary>
[TestClass]
public class ModelSizeTests
{
    private const long Plenty = 1_000_000_000_000_000;

    private static readonly SpikingNetworkOptions s_default = new();

    [TestMethod]
    public void The_default_network_on_MNIST_takes_a_few_megabytes()
    {
        // 16 · 64 neurons: 784 inputs and 256 hidden units each, in four copies, make 17,039,360 bytes, 10 classes of 256 hidden units 40,960, connections of 16 columns 6,144;
        // 256 rows take 802,816 bytes of features, 1,048,576 of rates and 10,240 of scores; spikes and rates of 8 steps 2,048.
        Assert.IsNull(Fault(s_default, InputShape.Intensities(28, 28), classes: 10, memory: 18_950_144));
        Assert.IsNotNull(Fault(s_default, InputShape.Intensities(28, 28), classes: 10, memory: 18_950_143));
    }

    public static IEnumerable<object[]> Absurd =>
    [
        [s_default, 10, 2_000_000_000, "The output layer would take 8,192.0 GB, but an array holds no more than 8.6 GB; make the number of classes, 2000000000 by the label's type, or Readout.HiddenUnits smaller."],
        [s_default with { Network = s_default.Network with { Readout = new Readout { HiddenUnits = 0 } } }, 10, 2_000_000_000, "The output layer would take 32,768.0 GB, but an array holds no more than 8.6 GB; make the number of classes, 2000000000 by the label's type, Columns or NeuronsPerColumn smaller."],
        [s_default, int.MaxValue, 3, "The input weights would take 35,184.4 GB, but an array holds no more than 8.6 GB; make Columns, NeuronsPerColumn or the number of features smaller."],
        [s_default with { Network = s_default.Network.EachLayer(layer => layer with { Columns = 5_000_000, NeuronsPerColumn = 1 }) }, 10, 3, "The weights between the columns would take 600,000.0 GB, but an array holds no more than 8.6 GB; make Columns smaller."],
        [s_default with { Network = s_default.Network.EachLayer(layer => layer with { NeuronsPerColumn = 1_000_000_000 }) }, 1000, 3, "The input weights would take 256,000.0 GB, but an array holds no more than 8.6 GB; make Columns, NeuronsPerColumn or the number of features smaller."],
        [s_default with { Network = s_default.Network.EachLayer(layer => layer with { NeuronsPerColumn = 20_000, Recurrence = new Recurrence() }) }, 10, 3, "The weights between the neurons would take 1,157.5 GB, but an array holds no more than 8.6 GB; make Columns, NeuronsPerColumn or Wiring.Neighbours smaller."],
        [s_default with { Network = s_default.Network with { Readout = new Readout { HiddenUnits = 50_000_000 } } }, 10, 3, "The hidden layer would take 819.2 GB, but an array holds no more than 8.6 GB; make Readout.HiddenUnits, Columns or NeuronsPerColumn smaller."],
        [s_default with { Network = s_default.Network with { TimeSteps = 50_000_000 } }, 10, 3, "What the neurons do in a row would take 12.8 GB, but an array holds no more than 8.6 GB; make TimeSteps, Columns or NeuronsPerColumn smaller."],
    ];

    [TestMethod]
    [DynamicData(nameof(Absurd))]
    public void What_no_array_holds_is_named_with_its_bytes_and_what_to_make_smaller(SpikingNetworkOptions options, int inputs, int classes, string sentence)
        => Assert.AreEqual(sentence, Fault(options, InputShape.Intensities(inputs), classes, Plenty));

    [TestMethod]
    public void What_this_process_has_no_memory_for_is_named_too()
        => Assert.AreEqual("The network would take 10.2 GB, the output layer alone 8.2 GB, but this process may have 4.0 GB; make the number of classes, 2000000 by the label's type, or Readout.HiddenUnits smaller.",
            Fault(s_default, InputShape.Intensities(10), classes: 2_000_000, memory: 4_000_000_000));

    [TestMethod]
    public void Spiking_features_are_refused_before_a_row_is_read()
    {
        var ml = new MLContext(seed: 1);
        IDataView rows = ml.Data.LoadFromEnumerable(Unread()), wide = ml.Data.LoadFromEnumerable([new Wide()]);
        StringAssert.StartsWith(
            Assert.ThrowsExactly<ArgumentException>(() => ml.Transforms.SpikingFeatures("Rates", "Features", s_default.Network.EachLayer(layer => layer with { Columns = 16_384, NeuronsPerColumn = 65_536 })).Fit(rows)).Message, "The neurons' rates would take");
        Assert.AreEqual("256 rows would take 2,199.0 GB, but an array holds no more than 8.6 GB; make the number of features, 2147483647, smaller. [SPK1002]",
            Assert.ThrowsExactly<ArgumentException>(() => ml.Transforms.SpikingFeatures("Rates", "Features").Fit(wide)).Message);
    }

    [TestMethod]
    public void A_spike_train_that_no_vector_holds_is_refused()
    {
        var ml = new MLContext(seed: 1);
        var wide = SchemaDefinition.Create(typeof(Row));
        wide[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 300_000);
        Assert.AreEqual("A spike train of 10000 time steps and 300000 inputs would have 3000000000 entries, but a vector holds no more than 2147483591; make TimeSteps smaller. [SPK1002]",
            Assert.ThrowsExactly<ArgumentException>(() => ml.Transforms.PoissonEncoding("Spikes", "Features", timeSteps: 10_000).Fit(ml.Data.LoadFromEnumerable(Unread(), wide))).Message);
    }

    private static string? Fault(SpikingNetworkOptions options, InputShape input, int classes, long memory) => ModelSize.Fault(options.Network, input, classes, ModelSize.InTraining, memory);

    private static IEnumerable<Row> Unread()
    {
        Assert.Fail("A row was read.");
        yield break;
    }

    private sealed class Row
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [0, 1];
    }

    private sealed class Wide
    {
        [VectorType(int.MaxValue)]
        public float[] Features { get; set; } = [];
    }
}
