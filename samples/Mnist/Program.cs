using System.CommandLine;
using Microsoft.ML.Spiking;
using Microsoft.ML.Spiking.Applications;
using Microsoft.ML.Spiking.Samples.Mnist;

// Trains a spiking network on digits, looks at what it learnt, saves model.zip and predicts from it.
//
//   dotnet run -c Release --project samples/Mnist [-- --data DIR] [--preset reference --epochs 2]

var data = new Option<string?>("--data") { Description = "Folder with the four IDX files, .gz or not; else SPIKING_DATA, the cache, a download, or drawn digits." };
var preset = new Option<string>("--preset") { Description = "default: a small network, by number of batches; best: the most accurate one; reference: the published one.", DefaultValueFactory = _ => "default" };
preset.AcceptOnlyFromAmong("default", "best", "reference");
var epochs = new Option<int?>("--epochs") { Description = "Passes over the training digits (best: 30, reference: 40)." };
var batches = new Option<int?>("--batches") { Description = "Training batches in all, in place of epochs (default: 1876)." };
var seed = new Option<int>("--seed") { Description = "Seed of all randomness.", DefaultValueFactory = _ => 1 };
var output = new Option<DirectoryInfo>("--output") { Description = "Where model.zip and predictions.svg go.", DefaultValueFactory = _ => new DirectoryInfo(".") };
var command = new RootCommand("Trains a spiking neural network on handwritten digits with ML.NET.") { data, preset, epochs, batches, seed, output };

return await SampleProgram.Run(command, args, "Stopped before the end; no model was saved.", async (arguments, cancel) =>
{
    SpikingNetworkOptions options = arguments.GetValue(preset) switch
    {
        "best" => SpikingNetworkOptions.Best,
        "reference" => SpikingNetworkOptions.Reference,
        _ => new SpikingNetworkOptions { Batches = 1876 },
    };
    if (arguments.GetValue(epochs) is { } count) options = options with { Epochs = count, Batches = null };
    if (arguments.GetValue(batches) is { } total) options = options with { Batches = total };

    DigitFiles files = await DigitSource.FindAsync(arguments.GetValue(data), Console.WriteLine, cancel: cancel);
    Console.WriteLine(files.Description);
    new DigitRun(files, arguments.GetValue(output)!.FullName).Run(options with { Seed = arguments.GetValue(seed), CancellationToken = cancel });
});
