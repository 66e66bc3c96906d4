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

command.SetAction((arguments, cancel) =>
{
    try
    {
        new RhythmRun(arguments.GetValue(output)!.FullName).Run(RhythmNetwork.Options with
        {
            Seed = arguments.GetValue(seed),
            Epochs = arguments.GetValue(epochs),
            CancellationToken = cancel,
        });
        return Task.FromResult(0);
    }
    catch (Exception error) when (error is IOException or InvalidOperationException or ArgumentException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine(error.Message);
        return Task.FromResult(1);
    }
    catch (OperationCanceledException)
    {
        Console.Error.WriteLine("Stopped before the end.");
        return Task.FromResult(130);
    }
});
// Signals are the Interruption's: a second one would find System.CommandLine unprepared.
using var interruption = new Interruption("Stopped before the end.");
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null }, interruption.Token);
