using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.LightGbm;

namespace Microsoft.ML.Spiking.Samples.Ablations;

/// <summary>
/// Few labels: what a winner-take-all layer is worth that has learnt by STDP from all training images without theirs, and is read out by those of a few; beside
/// what others make of the same few.
/// </summary>
internal sealed class LabelStudy(IDataView training, IDataView test, int seeds, CancellationToken cancel)
{
    private const int Classes = 10;

    private static readonly int[] s_each = [10, 30, 100];

    private readonly MLContext _ml = new(seed: 1);
    private readonly Pictures _training = Pictures.Of(training, 0, 60_000), _test = Pictures.Of(test, 0, 10_000);

    /// <returns>A Markdown section with a table.</returns>
    public string Run()
    {
        var found = new Dictionary<string, List<double[]>>();
        for (int seed = 1; seed <= seeds; seed++)
            foreach (var (name, accuracies) in OfSeed(seed))
            {
                if (!found.TryGetValue(name, out List<double[]>? before)) found.Add(name, before = []);
                before.Add(accuracies);
            }
        var table = new MeasureTable("Labels", "what reads the labels", [.. s_each.Select((each, i) => $"{each}{(i == 0 ? " labels a class, test accuracy, %" : "")}")]);
        foreach (var (name, bySeed) in found) table.Add(name, bySeed, "F2", "F2", "F2");
        return table.ToString();
    }

    private IEnumerable<(string Name, double[] Accuracies)> OfSeed(int seed)
    {
        Pictures[] few = [.. s_each.Select(each => _training.Few(each, seed))];
        foreach (int neurons in (int[])[100, 400])
        {
            WinnerTakeAllFeaturesTransformer layer = _ml.Transforms.WinnerTakeAllFeatures("Spikes", "Features", new WinnerTakeAllOptions
            {
                Network = new() { Neurons = neurons }, Seed = seed, CancellationToken = cancel,
            }).Fit(_training.Rows(_ml));
            IDataView seen = Kept(layer.Transform(_test.Rows(_ml)));
            float[][] spikes = Spikes(seen);
            yield return ($"STDP without labels, {neurons} neurons: a linear readout",
                [.. few.Select(own => Score(Linear("Spikes").Fit(Kept(layer.Transform(own.Rows(_ml)))), seen))]);
            yield return ($"STDP without labels, {neurons} neurons: the class that each fires most for",
                [.. few.Select(own => ClassVotes.Accuracy(Spikes(layer.Transform(own.Rows(_ml))), own.Labels, spikes, _test.Labels, Classes))]);
        }
        IDataView pixels = _test.Rows(_ml);
        yield return ("pixels: a linear readout", [.. few.Select(own => Score(Linear("Features").Fit(own.Rows(_ml)), pixels))]);
        yield return ("pixels: LightGbm", [.. few.Select(own => Score(
            _ml.MulticlassClassification.Trainers.LightGbm(new LightGbmMulticlassTrainer.Options { Seed = seed }).Fit(own.Rows(_ml)), pixels))]);
        yield return ("pixels: the default spiking network", [.. few.Select(own => Score(
            _ml.MulticlassClassification.Trainers.SpikingNetwork(new SpikingNetworkOptions { Seed = seed, CancellationToken = cancel }).Fit(own.Rows(_ml)), pixels))]);
        yield return ("pixels: an MLP of the default network's size", [.. few.Select(own => Perceptron(own, seed))]);
    }

    /// <summary>The one of three learning rates that does best on the test rows: in doubt, the MLP is to have the advantage.</summary>
    private double Perceptron(Pictures few, int seed)
    {
        var options = new SpikingNetworkOptions { Batches = 200, BatchSize = 50, CancellationToken = cancel };
        var perceptron = new Perceptron(new StudyTask("Labels", few.Rows(_ml), _test.Rows(_ml), options));
        return ((double[])[3e-4, 1e-3, 3e-3]).Max(rate => 100 * perceptron.Train(seed, rate).Accuracy);
    }

    private LbfgsMaximumEntropyMulticlassTrainer Linear(string features) => _ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(
        new LbfgsMaximumEntropyMulticlassTrainer.Options { FeatureColumnName = features, L1Regularization = 0, NumberOfThreads = 1 });

    private double Score(ITransformer readout, IDataView rows) => 100 * _ml.MulticlassClassification.Evaluate(readout.Transform(rows)).MicroAccuracy;

    // Readouts pass over their rows again and again.
    private IDataView Kept(IDataView rows) => _ml.Data.Cache(rows, "Spikes", "Label");

    private static float[][] Spikes(IDataView rows) => [.. rows.GetColumn<float[]>("Spikes")];
}
