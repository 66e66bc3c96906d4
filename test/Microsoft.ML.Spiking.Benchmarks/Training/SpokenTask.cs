using Microsoft.ML.Trainers.LightGbm;
using Microsoft.ML.Spiking.Samples.Sound;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>A split of recordings, and who learns it.</summary>
internal sealed class SpokenTask
{
    public const string InTime = "in time";

    private readonly MLContext _ml;
    private readonly string[] _words;
    private readonly SoundRow[] _training, _unseen;
    private readonly int _seed;

    public SpokenTask(RecordingSplit split, string[] words, int seed)
    {
        (_ml, _words, _seed) = (new MLContext(seed), words, seed);
        _training = SoundInput.Rows(split.Training, words, online: false, SoundNetwork.Copies, seed);
        _unseen = SoundInput.Rows(split.Unseen, words, online: false);
    }

    /// <summary>Each learner, and what trains it and gives its accuracy on what is unseen.</summary>
    public IEnumerable<(string Name, Func<double> Train)> Learners(bool withoutBaselines)
    {
        yield return (InTime, () => Score(_ml.MulticlassClassification.Trainers.SpikingNetwork(SoundNetwork.Options with { Seed = _seed }), flat: false));
        if (withoutBaselines) yield break;
        yield return ("still picture", () => Score(_ml.MulticlassClassification.Trainers.SpikingNetwork(StillPicture()), flat: true));
        yield return ("LightGbm", () => Score(_ml.MulticlassClassification.Trainers.LightGbm(new LightGbmMulticlassTrainer.Options { Seed = _seed }), flat: true));
        yield return ("perceptron", () => SoundPerceptron.Train(Flat(_training), Flat(_unseen), Units(), _words.Length, SoundNetwork.Options with { Seed = _seed }));
    }

    /// <summary>Layers of the same size and the same training, on all bands of all steps at once, as a current that stays the same.</summary>
    private SpikingNetworkOptions StillPicture() => SoundNetwork.Options with
    {
        Seed = _seed,
        Network = SoundNetwork.Options.Network.EachLayer(layer => layer with { Delays = [0] }) with { Code = new DirectCode { Gain = 1 }, TimeSteps = 8 },
    };

    private static int Units() => SoundNetwork.Options.Network.Layers.OfType<ColumnLayer>().Sum(layer => layer.Columns * layer.NeuronsPerColumn);

    private double Score(IEstimator<ITransformer> trainer, bool flat)
    {
        IDataView training = SoundRow.View(_ml, flat ? Flat(_training) : _training, _words, flat), unseen = SoundRow.View(_ml, flat ? Flat(_unseen) : _unseen, _words, flat);
        return _ml.MulticlassClassification.Evaluate(trainer.Fit(training).Transform(unseen)).MicroAccuracy;
    }

    /// <summary>What follows the end is silence to those who know no time.</summary>
    private static SoundRow[] Flat(SoundRow[] rows)
        => [.. rows.Select(row => new SoundRow { Label = row.Label, Features = Array.ConvertAll(row.Features, x => float.IsNaN(x) ? 0 : x) })];
}
