using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Transforms;

[TestClass]
public class SpikingFeaturesTests
{
    private static readonly SpikingNetworkOptions s_options = new()
    {
        Network = new SpikingNetwork
        {
            Layers =
            [
                new ColumnLayer
                {
                    Columns = 4,
                    NeuronsPerColumn = 16,
                    Wiring = new WattsStrogatz { Neighbours = 2 },
                },
            ],
        },
        Seed = 3,
    };

    [TestMethod]
    public void Each_neuron_has_its_rate_the_inhibitory_ones_below_0_and_the_same_seed_draws_the_same_columns()
    {
        var ml = new MLContext();
        IDataView rows = Rows(ml);
        float[][] rates = Views.Vectors(ml.Transforms.SpikingFeatures("Rates", "Features", s_options.Network, s_options.Seed).Fit(rows).Transform(rows), "Rates");
        float[][] again = Views.Vectors(ml.Transforms.SpikingFeatures("Rates", "Features", s_options.Network, s_options.Seed).Fit(rows).Transform(rows), "Rates");
        float[][] other = Views.Vectors(ml.Transforms.SpikingFeatures("Rates", "Features", s_options.Network, seed: 4).Fit(rows).Transform(rows), "Rates");
        Assert.HasCount(4 * 16, rates[0]);
        for (int neuron = 0; neuron < 4 * 16; neuron++)
        {
            if (neuron % 16 < 12) Assert.IsGreaterThanOrEqualTo(0, rates[0][neuron]);
            else Assert.IsLessThanOrEqualTo(0, rates[0][neuron]);
        }
        Assert.IsTrue(rates[0].Any(rate => rate > 0) && rates[0].Any(rate => rate < 0));
        CollectionAssert.AreEqual(rates[1], again[1]);
        CollectionAssert.AreNotEqual(rates[1], other[1]);
    }

    [TestMethod]
    public void A_row_that_is_not_finite_has_no_rates()
    {
        var ml = new MLContext();
        IDataView rows = Rows(ml, new Row { Features = [float.NaN, 0, 0, 0] });
        float[][] rates = Views.Vectors(ml.Transforms.SpikingFeatures("Rates", "Features", s_options.Network, s_options.Seed).Fit(rows).Transform(rows), "Rates");
        Assert.IsTrue(rates[^1].All(float.IsNaN));
        Assert.IsTrue(rates[0].All(float.IsFinite));
    }

    [TestMethod]
    public void A_null_vector_has_no_rates_and_one_of_another_length_is_refused_in_fitting_and_after()
    {
        const string sentence = "Row 3, from 0, of 'Features' holds 5 values, but 4 are needed; give it all of them, or null where it is missing. [SPK2003]";
        var ml = new MLContext();
        IDataView gap = Rows(ml, new Row { Features = null! }), wrong = Rows(ml, new Row { Features = new float[5] });

        SpikingFeaturesTransformer made = ml.Transforms.SpikingFeatures("Rates", "Features", s_options.Network, s_options.Seed).Fit(gap);

        float[][] rates = Views.Vectors(made.Transform(gap), "Rates");
        Assert.IsTrue(rates[^1].All(float.IsNaN) && rates[..^1].All(row => row.All(float.IsFinite)));
        Assert.AreEqual(sentence, Assert.ThrowsExactly<InvalidOperationException>(() => ml.Transforms.SpikingFeatures("Rates", "Features", s_options.Network, s_options.Seed).Fit(wrong)).Message);
        Assert.AreEqual(sentence, Assert.ThrowsExactly<InvalidOperationException>(() => Views.Vectors(made.Transform(wrong), "Rates")).Message);
    }

    [TestMethod]
    public void A_trained_networks_rates_are_those_that_its_readout_reads()
    {
        GoldenFile file = GoldenFile.OpenOwn("network_evaluation");
        SpikingModel model = file.Model();
        float[] x = file.Array("inputs.x"), expected = new float[model.Network.ColumnLayers[0].Columns * model.Network.ColumnLayers[0].NeuronsPerColumn];
        var neurons = new NeuronRates(model);
        neurons.Read(new IntensityBatch(x, model.Input.Inputs), 0..1, expected, new float[model.Network.ColumnLayers[0].Columns]);
        neurons.Scale(expected);

        var ml = new MLContext();
        var definition = SchemaDefinition.Create(typeof(Row));
        definition["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, model.Input.Inputs);
        IDataView rows = ml.Data.LoadFromEnumerable([new Row { Features = x[..model.Input.Inputs] }], definition);
        CollectionAssert.AreEqual(expected, Views.Vectors(ml.Transforms.SpikingFeatures("Rates", "Features", model).Fit(rows).Transform(rows), "Rates")[0]);
    }

    [TestMethod]
    public void Columns_that_are_concatenated_in_another_order_are_found_by_their_names()
    {
        var ml = new MLContext();
        IDataView table = ml.Data.LoadFromEnumerable([new Measurement { Length = 1, Width = 0.25f, Mass = 0.5f }, new Measurement { Length = 0.125f, Width = 1, Mass = 0 }]);
        IDataView Columns(params string[] names) => ml.Transforms.Concatenate("Features", names).Fit(table).Transform(table);

        SpikingFeaturesTransformer made = ml.Transforms.SpikingFeatures("Rates", "Features", s_options.Network, s_options.Seed).Fit(Columns("Length", "Width", "Mass"));

        CollectionAssert.AreEqual((string[])["Length", "Width", "Mass"], made.Model.FeatureNames);
        float[] expected = Views.Vectors(made.Transform(Columns("Length", "Width", "Mass")), "Rates")[0];
        Assert.IsTrue(expected.Any(rate => rate != 0));
        CollectionAssert.AreEqual(expected, Views.Vectors(made.Transform(Columns("Mass", "Length", "Width")), "Rates")[0]);
        Assert.AreEqual("'Features' has a feature 'Length2', but the network was trained on 'Length', 'Width', 'Mass'; give it those, in any order, or a column without SlotNames to go by place. [SPK1002]",
            Assert.ThrowsExactly<ArgumentException>(() => made.Transform(ml.Transforms.CopyColumns("Length2", "Length").Append(ml.Transforms.Concatenate("Features", "Length2", "Width", "Mass"))
                .Fit(table).Transform(table))).Message);
    }

    [TestMethod]
    public void Of_spike_trains_they_are_saved_and_loaded_whatever_the_code_of_intensities()
    {
        var ml = new MLContext();
        IDataView rows = ml.Data.LoadFromEnumerable([new Train { Features = [true, false, false, true, true, true] }]);
        SpikingFeaturesTransformer made = ml.Transforms.SpikingFeatures("Rates", "Features", s_options.Network with { Code = new SigmoidCode() }, s_options.Seed).Fit(rows);
        using var file = new MemoryStream();
        ml.Model.Save(made, rows.Schema, file);
        CollectionAssert.AreEqual(Views.Vectors(made.Transform(rows), "Rates")[0], Views.Vectors(ml.Model.Load(file, out _).Transform(rows), "Rates")[0]);
    }

    [TestMethod]
    public void Options_that_do_not_fit_the_features_are_refused_before_all_rows_are_read()
    {
        var ml = new MLContext();
        Refuses(s_options with { Network = s_options.Network with { Code = new TopKCode { Fraction = 0.1 } } }, "The code chooses the largest of the inputs, a Fraction of 0.1, but of 4 inputs that is none; make it at least 0.25. [SPK1002]");
        Refuses(s_options with { Network = s_options.Network.EachLayer(layer => layer with { ReceptiveField = new ReceptiveField() }) }, "ReceptiveField is on, but the input, [4], is no image; give the column dimensions [height, width], or set ReceptiveField to null. [SPK1002]");

        void Refuses(SpikingNetworkOptions options, string sentence)
            => Assert.AreEqual(sentence, Assert.ThrowsExactly<ArgumentException>(() => ml.Transforms.SpikingFeatures("Rates", "Features", options.Network).Fit(Rows(ml))).Message);
    }

    private static IDataView Rows(MLContext ml, params Row[] more) => ml.Data.LoadFromEnumerable(
        [new Row { Features = [1, 0, 0.5f, 0] }, new Row { Features = [0, 1, 0, 0.25f] }, new Row { Features = [0.5f, 0.5f, 1, 1] }, .. more]);

    private sealed class Row
    {
        [VectorType(4)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Measurement
    {
        public float Length { get; set; }

        public float Width { get; set; }

        public float Mass { get; set; }
    }

    private sealed class Train
    {
        [VectorType(3, 2)]
        public bool[] Features { get; set; } = [];
    }
}
