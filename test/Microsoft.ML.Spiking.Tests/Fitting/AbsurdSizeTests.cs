using System.Diagnostics;
using Microsoft.ML.Data;
using Microsoft.ML.Spiking.Tests.Model;

namespace Microsoft.ML.Spiking.Tests.Fitting;

/// <summary>A training that no memory holds is refused at once.</summary>
[TestClass]
public class AbsurdSizeTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void A_label_of_two_thousand_million_classes_is_refused_before_anything_is_made()
    {
        IDataView data = _ml.Data.LoadFromEnumerable([new Row { Label = 1 }]);
        long before = GC.GetAllocatedBytesForCurrentThread(), start = Stopwatch.GetTimestamp();

        var refusal = Assert.ThrowsExactly<ArgumentException>(() => Trainer(Toy.Options).Fit(data));

        Assert.IsLessThan(5, Stopwatch.GetElapsedTime(start).TotalSeconds);
        Assert.IsLessThan(10_000_000, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.AreEqual("The scores would take 2,048.0 GB, but an array holds no more than 8.6 GB; make the number of classes, 2000000000 by the label's type, smaller. [SPK1002]", refusal.Message);
    }

    [TestMethod]
    public void Columns_neurons_and_hidden_units_in_the_millions_are_refused()
    {
        Refuses(Toy.Options with { Network = Toy.Options.Network.EachLayer(layer => layer with { Columns = 5_000_000 }) }, "Columns is 5000000, but it must be at most 16384. [SPK1001]");
        Refuses(Toy.Options with { Network = Toy.Options.Network.EachLayer(layer => layer with { NeuronsPerColumn = 100_000_000 }) }, "NeuronsPerColumn is 100000000, but it must be at most 65536. [SPK1001]");
        Refuses(Toy.Options with { Network = Toy.Options.Network with { Readout = new Readout { HiddenUnits = 500_000_000 } } }, "Readout.HiddenUnits is 500000000, but it must be at most 65536. [SPK1001]");
        Refuses(Toy.Options with { Network = Toy.Options.Network.EachLayer(layer => layer with { Columns = 16_384, NeuronsPerColumn = 65_536 }) }, "The neurons' rates would take 1,099.5 GB");

        void Refuses(SpikingNetworkOptions options, string sentence)
            => StringAssert.StartsWith(Assert.ThrowsExactly<ArgumentException>(() => Trainer(options).Fit(Toy.Data(_ml))).Message, sentence);
    }

    [TestMethod]
    public void Time_steps_are_refused_with_the_batch_that_they_make()
        => Assert.AreEqual("The membranes of a batch of 12 rows of 10000 steps would take 9.6 GB, but an array holds no more than 8.6 GB; make BatchSize, TimeSteps, Columns or NeuronsPerColumn smaller. [SPK4004]",
            Assert.ThrowsExactly<InvalidOperationException>(() => Trainer(Toy.Options with
            {
                Network = Toy.Options.Network.EachLayer(layer => layer with { NeuronsPerColumn = 5000 }) with { TimeSteps = 10_000 },
            }).Fit(Toy.Data(_ml))).Message);

    [TestMethod]
    public void A_batch_is_reckoned_by_the_rows_that_there_are()
    {
        // 24 rows of 10 steps of 64 neurons: 61,440 bytes of membranes, and in 24 rows of 10 steps 2 + 2 · 4 numbers of spikes and rates, 9,600 bytes.
        Assert.IsNull(BatchMemory.Fault(Toy.Options with { BatchSize = 1_000_000_000 }, InputShape.Intensities(7), rows: 24, memory: 71_040));
        Assert.IsNotNull(BatchMemory.Fault(Toy.Options with { BatchSize = 1_000_000_000 }, InputShape.Intensities(7), rows: 24, memory: 71_039));
    }

    [TestMethod]
    public void A_batch_is_reckoned_layer_by_layer_and_a_reservoir_keeps_no_membranes()
    {
        ColumnLayer layer = Toy.Options.Network.ColumnLayers[0];
        SpikingNetworkOptions deep = Toy.Options with { Network = Toy.Options.Network with { Layers = [layer, layer with { Columns = 400 }] } };
        SpikingNetworkOptions still = Toy.Options with { Network = Toy.Options.Network.EachLayer(l => l with { Learning = new Reservoir() }) };

        StringAssert.Contains(BatchMemory.Fault(deep, InputShape.Intensities(7), rows: 12, memory: 1000), "the membranes of a batch of 12 rows of 10 steps in layer 1 alone");
        // 12 rows of 10 steps of 2 + 2 · 4 numbers, each of four bytes.
        Assert.IsNull(BatchMemory.Fault(still, InputShape.Intensities(7), rows: 12, memory: 4800));
        StringAssert.StartsWith(BatchMemory.Fault(still, InputShape.Intensities(7), rows: 12, memory: 4799), "The network would take 0.0 GB, the spikes of a batch of 12 rows of 10 steps alone 0.0 GB,");
        // A spike train has its own steps: half as many.
        Assert.IsNull(BatchMemory.Fault(still, InputShape.SpikeTrain(steps: 5, inputs: 7), rows: 12, memory: 2400));
        Assert.IsNotNull(BatchMemory.Fault(still, InputShape.SpikeTrain(steps: 5, inputs: 7), rows: 12, memory: 2399));
    }

    [TestMethod]
    [DataRow("Outline.json", "\"Classes\": 3", "\"Classes\": 2000000000",
        "The model cannot be held: The scores would take 2,048.0 GB, but an array holds no more than 8.6 GB; make the number of classes, 2000000000 by the label's type, smaller. [SPK3001]")]
    [DataRow("Network.json", "\"Columns\": 4", "\"Columns\": 5000000",
        "Columns is 5000000, but it must be at most 16384. [SPK1001]")]
    [DataRow("Outline.json", "    7\n", "    70000,\n    70000\n", "it names an input of dimensions [70000, 70000], more than can be read.")]
    public void A_model_that_claims_to_be_absurdly_large_is_refused_before_its_arrays_are_read(string entry, string sound, string absurd, string sentence)
    {
        byte[] file = ModelZip.With(ModelZip.Save(_ml, Toy.Trained, Toy.Data(_ml).Schema), entry, bytes =>
        {
            string text = System.Text.Encoding.UTF8.GetString(bytes);
            StringAssert.Contains(text, sound);
            return System.Text.Encoding.UTF8.GetBytes(text.Replace(sound, absurd, StringComparison.Ordinal));
        });

        Exception inner = Assert.ThrowsExactly<InvalidOperationException>(() => ModelZip.Load(file));
        while (inner.InnerException is not null) inner = inner.InnerException;
        Assert.AreEqual(sentence, inner.Message);
    }

    private SpikingNetworkTrainer Trainer(SpikingNetworkOptions options) => _ml.MulticlassClassification.Trainers.SpikingNetwork(options);

    private sealed class Row
    {
        [KeyType(2_000_000_000)]
        public uint Label { get; set; }

        [VectorType(Toy.Inputs)]
        public float[] Features { get; set; } = new float[Toy.Inputs];
    }
}
