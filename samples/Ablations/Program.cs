using System.CommandLine;
using Microsoft.ML;
using Microsoft.ML.Spiking;
using Microsoft.ML.Spiking.Applications;
using Microsoft.ML.Spiking.Samples.Ablations;
using Microsoft.ML.Spiking.Samples.Mnist;
using Microsoft.ML.Spiking.Samples.Rhythms;

// Trains the default network with each of its parts off in turn, over several seeds, and says what each part is worth.
//
//   dotnet run -c Release --project samples/Ablations [-- --data DIR] [--seeds 5] [--epochs 2] [--output ablations.md]

var data = new Option<string?>("--data") { Description = "Folder with MNIST's four IDX files; else SPIKING_DATA, the cache, a download, or drawn digits." };
var seeds = new Option<int>("--seeds") { Description = "Trainings of each variant, with seeds from 1 on.", DefaultValueFactory = _ => 5 };
var epochs = new Option<int>("--epochs") { Description = "Passes over the digits in each training.", DefaultValueFactory = _ => 2 };
var output = new Option<FileInfo?>("--output") { Description = "Where the tables go, as Markdown; the console has them anyway." };
var command = new RootCommand("Measures what each part of a spiking network is worth.") { data, seeds, epochs, output };

command.SetAction(async (arguments, cancel) =>
{
    OpenMP.StopSpinning();
    try
    {
        DigitFiles files = await DigitSource.FindAsync(arguments.GetValue(data), Console.WriteLine, cancel: cancel);
        Console.WriteLine(files.Description);
        var ml = new MLContext(seed: 1);
        StudyTask[] tasks =
        [
            new("Digits", ml.Data.LoadFromIdx(files.TrainImages, files.TrainLabels), ml.Data.LoadFromIdx(files.TestImages, files.TestLabels),
                new SpikingNetworkOptions { Epochs = arguments.GetValue(epochs), BatchSize = 128, CancellationToken = cancel }),
            new("Rhythms", Recordings(ml, 800, seed: 1), Recordings(ml, 2000, seed: 2), RhythmNetwork.Options with { CancellationToken = cancel }),
        ];
        string[] tables = [.. tasks.Select(task => new Study(task, arguments.GetValue(seeds)).Run())];
        if (arguments.GetValue(output) is { } file) WholeFile.Write(file.FullName, temporary => File.WriteAllText(temporary, string.Join('\n', tables)));
        return 0;
    }
    catch (Exception error) when (error is IOException or InvalidDataException or InvalidOperationException or ArgumentException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine(error.Message);
        return 1;
    }
    catch (OperationCanceledException)
    {
        Console.Error.WriteLine("Stopped before the end; no table was written.");
        return 130;
    }
});
// Signals are the Interruption's: a second one would find System.CommandLine unprepared.
using var interruption = new Interruption("Stopped before the end; no table was written.");
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null }, interruption.Token);

static IDataView Recordings(MLContext ml, int count, int seed)
{
    IDataView rows = ml.Data.LoadFromEnumerable(RhythmRecording.Make(count, seed));
    return ml.Transforms.Conversion.MapValueToKey("Label", nameof(RhythmRecording.Class)).Fit(rows).Transform(rows);
}
