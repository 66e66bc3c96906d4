using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Samples.Rhythms;

/// <summary>Something that learns to name rhythms, and what it answers to recordings that it has not seen.</summary>
internal sealed class Contender
{
    private readonly (Rhythm Truth, Rhythm Answer)[] _answers;

    private Contender(string name, (Rhythm Truth, Rhythm Answer)[] answers) => (Name, _answers) = (name, answers);

    public string Name { get; }

    /// <summary>Fraction of the recordings whose whole rhythm it names.</summary>
    public double Accuracy => Share(rhythm => rhythm);

    /// <summary>Trains the learner on some recordings and asks it about others.</summary>
    public static Contender Train(MLContext ml, string name, IEstimator<ITransformer> learner, RhythmRecording[] training, RhythmRecording[] unseen)
    {
        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label", nameof(RhythmRecording.Class))
            .Append(learner)
            .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedClass", "PredictedLabel"));
        var model = pipeline.Fit(ml.Data.LoadFromEnumerable(training));
        IEnumerable<string> answers = model.Transform(ml.Data.LoadFromEnumerable(unseen)).GetColumn<string>("PredictedClass");
        return new(name, [.. unseen.Zip(answers, (recording, answer) => (Rhythm.Named(recording.Class), Rhythm.Named(answer)))]);
    }

    /// <summary>Fraction of the recordings of which it has this one thing right.</summary>
    public double Share<T>(Func<Rhythm, T> aspect) => _answers.Average(a => Equals(aspect(a.Truth), aspect(a.Answer)) ? 1.0 : 0);

    /// <summary>Fraction of a rhythm's recordings that it names so.</summary>
    public double Recall(Rhythm rhythm) => _answers.Where(a => a.Truth == rhythm).Average(a => a.Answer == rhythm ? 1.0 : 0);
}
