namespace Microsoft.ML.Spiking.Tests.Model;

[TestClass]
public class LeftToDataTests
{
    private static readonly FeatureStatistics
        s_pixels = FeatureStatistics.Shared(0.1, 0.3, 0, 1),
        s_table = new(default, [new FeatureRange(0, 0, 1000, 1010, 0), new FeatureRange(0, 0, 0, 1, 0)]);

    [TestMethod]
    [DataRow(60_000, 128, 4, DisplayName = "MNIST")]
    [DataRow(12_800, 128, 4, DisplayName = "four epochs are 400 batches")]
    [DataRow(12_500, 32, 4, DisplayName = "four epochs of large batches would be fewer")]
    [DataRow(1_797, 32, 8, DisplayName = "57 batches of 32 an epoch")]
    [DataRow(120, 32, 100, DisplayName = "4 an epoch")]
    [DataRow(1, 32, 400, DisplayName = "a single row")]
    public void Batches_and_epochs_go_by_the_rows(int rows, int batch, int epochs)
    {
        SpikingNetworkOptions chosen = LeftToData.Schedule(new(), rows);
        Assert.AreEqual((batch, epochs), (chosen.BatchSize, chosen.Epochs));
    }

    [TestMethod]
    public void What_the_options_say_stands()
    {
        var asked = new SpikingNetworkOptions { Network = new SpikingNetwork { Code = new LatencyCode(), Scaling = FeatureScaling.None }, BatchSize = 7, Epochs = 2 };

        Assert.AreEqual(asked, LeftToData.All(asked, InputShape.Intensities(2), s_table, 10));
        Assert.IsNull(LeftToData.Line(asked, asked.Network, asked.Recipe, InputShape.Intensities(2), 10));
        Assert.IsNull(LeftToData.Schedule(new() { Batches = 50 }, 10).Epochs);
    }

    [TestMethod]
    public void Pictures_keep_one_scale_and_noise_and_tables_have_neither()
    {
        SpikingNetwork pictures = LeftToData.Encoding(new(), InputShape.Intensities(28, 28), s_pixels), tables = LeftToData.Encoding(new(), InputShape.Intensities(2), s_table);

        Assert.AreEqual((FeatureScaling.Shared, new RateCode { MaximumProbability = 1 }), (pictures.Scaling, pictures.Code));
        Assert.AreEqual((FeatureScaling.PerInput, new DirectCode { Gain = 1 }), (tables.Scaling, tables.Code));
        Assert.AreEqual(new DirectCode { Gain = 1 }, LeftToData.Encoding(new(), InputShape.Intensities(8), s_pixels).Code, "few inputs drown in noise");
        Assert.AreEqual(FeatureScaling.PerInput, LeftToData.Encoding(new() { Code = new DeltaCode() }, InputShape.Intensities(9, 2), s_pixels).Scaling);
        Assert.IsInstanceOfType<RateCode>(LeftToData.Encoding(new() { EvaluationCode = new DeterministicCode() }, InputShape.Intensities(2), s_table).Code, "which that evaluation ranks");
    }

    [TestMethod]
    public void What_was_chosen_is_said_with_its_reason()
    {
        InputShape input = InputShape.Intensities(2);
        var asked = new SpikingNetworkOptions();
        SpikingNetworkOptions chosen = LeftToData.All(asked, input, s_table, 120);

        Assert.AreEqual("Chosen by the data, where the options do not say: Scaling = PerInput, since the inputs' ranges differ as those of a table's columns do; "
            + "Code = DirectCode, for 2 inputs of different ranges; BatchSize = 32 and Epochs = 100, for 120 rows.", LeftToData.Line(asked, chosen.Network, chosen.Recipe, input, 120));
    }
}
