using System.Globalization;
using Microsoft.ML.Data;
using Spectre.Console;

namespace Microsoft.ML.Spiking.Samples.Rhythms;

/// <summary>Trains the spiking network and two linear classifiers on the same recordings, and shows what each can tell apart.</summary>
internal sealed class RhythmRun(string folder)
{
    private const int TrainingCount = 800, UnseenCount = 2000;

    public void Run(SpikingNetworkOptions options)
    {
        var ml = new MLContext(options.Seed);
        var trainers = ml.MulticlassClassification.Trainers;
        RhythmRecording[] training = RhythmRecording.Make(TrainingCount, seed: 1), unseen = RhythmRecording.Make(UnseenCount, seed: 2);
        Console.WriteLine($"{TrainingCount} recordings of {Rhythm.All.Count} rhythms to learn from, {UnseenCount} others to tell apart.");

        var network = Contender.Train(ml, "spiking network", trainers.SpikingNetwork(options with { Progress = new EpochLines() }), training, unseen);
        var counts = Contender.Train(ml, "linear on counts", trainers.SdcaMaximumEntropy(featureColumnName: nameof(RhythmRecording.Counts)), training, unseen);
        var raster = Contender.Train(ml, "linear on spikes",
            ml.Transforms.Conversion.ConvertType("Raster", nameof(RhythmRecording.Spikes), DataKind.Single).Append(trainers.SdcaMaximumEntropy(featureColumnName: "Raster")), training, unseen);
        Print([network, counts, raster]);

        Directory.CreateDirectory(folder);
        string picture = Path.Combine(folder, "rhythms.svg");
        RhythmPicture.Write(picture, [.. Rhythm.All.Select((rhythm, i) => new RhythmCard(rhythm, unseen[i], network.Recall(rhythm)))]);
        Console.WriteLine($"Picture of one recording of each: {picture}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"accuracy: {network.Accuracy:F4}"));
    }

    private static void Print(Contender[] contenders)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("");
        foreach (string question in (string[])["Rhythm", "A or B first", "By 2 or by 6", "Even or burst"])
            table.AddColumn(new TableColumn(question).RightAligned());
        foreach (Contender contender in contenders)
            table.AddRow([contender.Name, Percent(contender.Accuracy), Percent(contender.Share(r => r.Leader)), Percent(contender.Share(r => r.Delay)), Percent(contender.Share(r => r.Pace))]);
        table.AddRow("a guess", Percent(1.0 / Rhythm.All.Count), Percent(0.5), Percent(0.5), Percent(0.5));
        AnsiConsole.Write(table);
    }

    private static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %";

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
