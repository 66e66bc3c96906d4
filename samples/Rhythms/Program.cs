using System.CommandLine;
using Microsoft.ML.Spiking.Applications;
using Microsoft.ML.Spiking.Samples.Rhythms;

// Trains a spiking network to tell rhythms of the same spikes apart, beside linear classifiers that cannot.
//
//   dotnet run -c Release --project samples/Rhythms [-- --seed 2]

var seed = new Option<int>("--seed") { Description = "Seed of the network.", DefaultValueFactory = _ => 1 };
var epochs = new Option<int>("--epochs") { Description = "Passes over the training recordings.", DefaultValueFactory = _ => RhythmNetwork.Options.Epochs!.Value };
var output = new Option<DirectoryInfo>("--output") { Description = "Where rhythms.svg goes.", DefaultValueFactory = _ => new DirectoryInfo(".") };
var command = new RootCommand("Trains a spiking neural network on rhythms that differ in time alone.") { seed, epochs, output };

return await SampleProgram.Run(command, args, "Stopped before the end.", (arguments, cancel) =>
{
    new RhythmRun(arguments.GetValue(output)!.FullName).Run(RhythmNetwork.Options with
    {
        Seed = arguments.GetValue(seed),
        Epochs = arguments.GetValue(epochs),
        CancellationToken = cancel,
    });
    return Task.CompletedTask;
});
