using System.CommandLine;
using Microsoft.ML.Spiking.Applications;
using Microsoft.ML.Spiking.Samples.Sound;

// Trains a spiking network on recorded words, and listens to one while it plays.
//
//   dotnet run -c Release --project samples/Sound [-- --folder RECORDINGS --listen WORD.WAV]

var folder = new Option<DirectoryInfo?>("--folder")
{
    Description = "WAV files called word_speaker_take.wav, or a folder of WAV files for each word. Left out, made-up speakers say made-up words.",
};
var listen = new Option<FileInfo?>("--listen") { Description = "The WAV file to listen to; left out, a recording that the network was not trained on." };
var seed = new Option<int>("--seed") { Description = "Seed of the network.", DefaultValueFactory = _ => 1 };
var epochs = new Option<int>("--epochs") { Description = "Passes over the recordings and their variations.", DefaultValueFactory = _ => SoundNetwork.Options.Epochs!.Value };
var output = new Option<DirectoryInfo>("--output") { Description = "Where the model and the pictures go.", DefaultValueFactory = _ => new DirectoryInfo(".") };
var command = new RootCommand("Trains a spiking neural network on recorded words, and listens to one while it plays.") { folder, listen, seed, epochs, output };

return await SampleProgram.Run(command, args, "Stopped before the end.", (arguments, cancel) =>
{
    new SoundRun(arguments.GetValue(output)!.FullName).Run(arguments.GetValue(folder)?.FullName, arguments.GetValue(listen)?.FullName, SoundNetwork.Options with
    {
        Seed = arguments.GetValue(seed),
        Epochs = arguments.GetValue(epochs),
        CancellationToken = cancel,
    });
    return Task.CompletedTask;
});
