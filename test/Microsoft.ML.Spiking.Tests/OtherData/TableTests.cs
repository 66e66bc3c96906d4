namespace Microsoft.ML.Spiking.Tests.OtherData;

/// <summary>Tables that nobody prepared, with default options and no normaliser in the pipeline.</summary>
[TestClass]
public class TableTests
{
    private readonly CounterRandom _random = CounterRandom.FromSeed(7);
    private ulong _drawn;

    private double Uniform => _random.Uniform(_drawn++);

    private double Normal => _random.Normal((1UL << 32) + _drawn++);

    [TestMethod]
    public void Of_salary_age_and_children_the_age_decides()
        => Learns(0.95, Draw(720, _ =>
        {
            double age = Math.Floor(18 + 62 * Uniform);
            return ([20_000 + 80_000 * Uniform, age, Math.Floor(5 * Uniform)], age < 38 ? "young" : age < 59 ? "middle" : "old");
        }));

    [TestMethod]
    public void Pressure_and_temperature_are_seen_by_what_changes()
        => Learns(0.98, Draw(600, i => i % 2 == 0 ? ([1009 + 5 * Normal, 282 + 2 * Normal], "rain") : ([1001 + 5 * Normal, 294 + 2 * Normal], "dry")));

    [TestMethod]
    public void One_wild_value_among_thousands_changes_nothing()
    {
        Table cloud = Cloud(value => value);
        cloud.Features[17][3] = 100;
        Learns(0.98, cloud);
    }

    [TestMethod]
    public void Negative_features_are_seen()
        => Learns(0.97, Cloud(value => 3 * value - 3));

    [TestMethod]
    [DataRow(2026, DisplayName = "a year")]
    [DataRow(-1e9f, DisplayName = "a mark of no value")]
    public void A_column_that_is_always_the_same_hides_no_other(float always)
    {
        Table cloud = Cloud(value => value);
        Learns(0.98, new Table([.. cloud.Features.Select(row => (float[])[.. row, always])], cloud.Classes));
    }

    [TestMethod]
    [DataRow("iris")]
    [DataRow("wine")]
    public void A_small_table_is_learnt_as_well_as_by_a_linear_model_on_normalised_data(string name)
    {
        Table table = Table.Open(name);
        double linear = table.CrossValidated(ml => ml.Transforms.NormalizeMeanVariance("Features").Append(ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy()));
        double spiking = table.CrossValidated(ml => ml.MulticlassClassification.Trainers.SpikingNetwork(new SpikingNetworkOptions { Device = TrainingDevice.Cpu }));

        Assert.IsGreaterThanOrEqualTo(linear - 0.015, spiking, $"linear {linear:P1}, spiking {spiking:P1}");
    }

    [TestMethod]
    [Heavy]
    [DataRow("breast-cancer")]
    [DataRow("digits")]
    public void A_larger_table_is_learnt_as_well_as_by_a_linear_model_on_normalised_data(string name)
        => A_small_table_is_learnt_as_well_as_by_a_linear_model_on_normalised_data(name);

    private static void Learns(double bar, Table table)
    {
        var (training, test) = table.Fold(0);
        double accuracy = training.Accuracy(ml => ml.MulticlassClassification.Trainers.SpikingNetwork(new SpikingNetworkOptions { Device = TrainingDevice.Cpu }), test);
        Assert.IsGreaterThanOrEqualTo(bar, accuracy, $"{accuracy:P1}");
    }

    /// <summary>Two classes in eight features from 0 to 1, overlapping in each.</summary>
    private Table Cloud(Func<double, double> scaled) => Draw(600, i => ([.. Enumerable.Range(0, 8).Select(j => scaled(Math.Clamp((j % 2 == i % 2 ? 0.35 : 0.65) + 0.12 * Normal, 0, 1)))], i % 2 == 0 ? "a" : "b"));

    private static Table Draw(int rows, Func<int, (double[] Features, string Class)> draw)
    {
        (double[] Features, string Class)[] drawn = [.. Enumerable.Range(0, rows).Select(draw)];
        return new Table([.. drawn.Select(row => Array.ConvertAll(row.Features, value => (float)value))], [.. drawn.Select(row => row.Class)]);
    }
}
