using System.Globalization;
using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Samples.Sound;

/// <summary>Recordings in; a trained network, what it makes of recordings that it has not heard, and one of them as it hears it.</summary>
internal sealed class SoundRun(string output)
{
    private const int MadeUpTakes = 10;

    public void Run(string? folder, string? file, SpikingNetworkOptions options)
    {
        var ml = new MLContext(options.Seed);
        RecordingSplit split = RecordingSplit.ByTake(RecordingFolder.Read(folder ?? MadeUp()));
        string[] words = split.Words();
        Console.WriteLine($"{split.Training.Length} recordings of {words.Length} words to learn from, {split.Unseen.Length} others to be asked about.");

        int cut = split.Training.Concat(split.Unseen).Count(SoundInput.IsCut);
        if (cut > 0)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{cut} of them {(cut == 1 ? "is" : "are")} longer than {SoundInput.Seconds:0.0} seconds, and not heard after that."));

        SoundRow[] training = SoundInput.Rows(split.Training, words, online: true, SoundNetwork.Copies), unseen = SoundInput.Rows(split.Unseen, words, online: true);
        var trainer = ml.MulticlassClassification.Trainers.SpikingNetwork(options with { Progress = new EpochLines() });
        SpikingNetworkTransformer network = trainer.Fit(SoundRow.View(ml, training, words));
        IDataView scored = network.Transform(SoundRow.View(ml, unseen, words));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"accuracy: {ml.MulticlassClassification.Evaluate(scored).MicroAccuracy:F4}"));

        Directory.CreateDirectory(output);
        ml.Model.Save(network, scored.Schema, Path.Combine(output, "words.zip"));
        WordRecording heard = file is null ? Chosen(split.Unseen, unseen, network) : new WordRecording(Path.GetFileNameWithoutExtension(file), "", 0, RecordingFolder.Samples(file));
        Hearing hearing = Hearing.Of(network, heard, Console.Out, playing: !Console.IsOutputRedirected);
        hearing.Write(output);
    }

    private string MadeUp()
    {
        string folder = Path.Combine(output, "made-up-words");
        RecordingFolder.Write(folder, MadeUpWords.Say(MadeUpTakes, seed: 1));
        Console.WriteLine($"Made-up speakers have said made-up words: {folder}");
        return folder;
    }

    /// <summary>A recording that it names rightly in the end, and not at once: of those there is something to see.</summary>
    private static WordRecording Chosen(WordRecording[] recordings, SoundRow[] rows, SpikingNetworkTransformer network)
    {
        SpikingSession session = network.CreateSession();
        return recordings.Zip(rows).MaxBy(pair => Late(session, pair.Second)).First;
    }

    /// <summary>The share of a word's steps after which the network first named it for good; below 0 where it never did.</summary>
    private static double Late(SpikingSession session, SoundRow row)
    {
        session.Reset();
        int right = -1, steps = 0;
        for (; steps < SoundInput.Steps && !float.IsNaN(row.Features[steps * SoundInput.Inputs]); steps++)
        {
            session.Push(row.Features.AsSpan(steps * SoundInput.Inputs, SoundInput.Inputs));
            if (session.PredictedClass != row.Label) right = -1;
            else if (right < 0) right = steps;
        }
        // Late, but not at the last moment, which would be luck.
        return right < 0 ? -1 : right < 0.9 * steps ? (double)right / steps : 0;
    }

    /// <summary>A line an epoch.</summary>
    private sealed class EpochLines : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value is EpochProgress epoch)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Epoch {epoch.Epoch,2}: loss {epoch.Loss:F3}, right in training {epoch.Accuracy:P1}"));
        }
    }
}
