namespace Microsoft.ML.Spiking.Tests.Scoring;

/// <summary>Layers are run one after the other on a row, and the readout gets those that it reads.</summary>
[TestClass]
public class TwoLayerScoringTests
{
    private const int Rows = 5;

    private static readonly ColumnLayer s_first = Toy.Options.Network.ColumnLayers[0], s_second = s_first with { Columns = 3, NeuronsPerColumn = 5, Wiring = new WattsStrogatz { Neighbours = 2 } };

    private static readonly Lazy<SpikingModel> s_model = new(() =>
    {
        var ml = new MLContext(seed: 1);
        return ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options with { Network = Toy.Options.Network with { Layers = [s_first, s_second], Readout = new Readout { HiddenUnits = 0, Layers = ReadLayers.All } } })
            .Fit(Toy.Data(ml)).Model;
    });

    private static readonly float[] s_rows = [.. Toy.Samples(Rows).SelectMany(sample => sample.Features)];

    [TestMethod]
    public void The_second_layer_is_shown_what_the_first_one_spikes_and_both_are_read()
    {
        (float[] rates, float[] columns) = Read(s_model.Value);

        (float[] first, float[] second, float[] ofColumns) = ByHand(s_model.Value);
        for (int row = 0; row < Rows; row++)
            CollectionAssert.AreEqual(Of(first, row).Concat(Of(second, row)).ToArray(), Of(rates, row), $"row {row}");
        CollectionAssert.AreEqual(ofColumns, columns);
        Assert.IsTrue(second.Any(rate => rate != 0), "the second layer must fire for this to tell anything");
    }

    [TestMethod]
    public void Where_the_last_is_read_alone_the_columns_of_both_are_told_none_the_less()
    {
        (float[] rates, float[] columns) = Read(s_model.Value with { Network = s_model.Value.Network with { Readout = new Readout { HiddenUnits = 0 } } });

        (_, float[] second, float[] ofColumns) = ByHand(s_model.Value);
        CollectionAssert.AreEqual(second, rates);
        CollectionAssert.AreEqual(ofColumns, columns);
    }

    private static (float[] Rates, float[] Columns) Read(SpikingModel model)
    {
        var reader = new NeuronRates(model);
        float[] rates = new float[Rows * reader.Count], columns = new float[Rows * reader.Columns];
        reader.Read(new IntensityBatch(s_rows, Toy.Inputs), 0..Rows, rates, columns);
        return (rates, columns);
    }

    /// <summary>Layer after layer, row after row.</summary>
    private static (float[] First, float[] Second, float[] Columns) ByHand(SpikingModel model)
    {
        ColumnScoring[] layers = [.. ScoringLayer.Of(model).Cast<ColumnScoring>()];
        var encoder = new SampleEncoder(model.Network, model.Standardisation, default);
        List<float> first = [], second = [], columns = [];
        for (int row = 0; row < Rows; row++)
        {
            var stimulus = new Stimulus(model.Steps);
            encoder.Evaluate(s_rows.AsSpan(row * Toy.Inputs, Toy.Inputs).ToArray(), stimulus);
            Run(layers[0], stimulus, first);
            Run(layers[1], stimulus, second);

            void Run(ColumnScoring layer, Stimulus heard, List<float> rates)
            {
                var activity = new ColumnActivity(layer.Columns.Lanes, model.Steps);
                layer.Columns.Show(heard, activity, default);
                float[] ofNeurons = new float[layer.Shape.Neurons];
                layer.Columns.Accumulate(activity, layer.InterWeights, ofNeurons);
                ofNeurons = Array.ConvertAll(ofNeurons, sum => sum / model.Steps);
                rates.AddRange(ofNeurons);
                columns.AddRange(ofNeurons.Chunk(layer.Columns.Lanes.Neurons).Select(column => column.Aggregate(0f, (sum, rate) => sum + MathF.Abs(rate)) / column.Length));
                stimulus = new Stimulus(model.Steps);
                activity.CopyTo(stimulus.Fire());
            }
        }
        return ([.. first], [.. second], [.. columns]);
    }

    private static float[] Of(float[] numbers, int row) => numbers[(row * numbers.Length / Rows)..((row + 1) * numbers.Length / Rows)];
}
