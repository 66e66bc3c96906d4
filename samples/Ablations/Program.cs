using System.CommandLine;
using Microsoft.ML;
using Microsoft.ML.Spiking;
using Microsoft.ML.Spiking.Applications;
using Microsoft.ML.Spiking.Samples.Ablations;
using Microsoft.ML.Spiking.Samples.Mnist;
using Microsoft.ML.Spiking.Samples.Rhythms;

// Trains the default network with each of its parts off in turn, over several seeds, and says what each part is worth; and tries them on tasks that were
// made to need them.
//
//   dotnet run -c Release --project samples/Ablations [-- --data DIR] [--studies digits rhythms drift thrift gap labels lesions] [--seeds 5] [--epochs 2]
//                                                        [--output ablations.md]

var data = new Option<string?>("--data") { Description = "Folder with MNIST's four IDX files; else SPIKING_DATA, the cache, a download, or drawn digits." };
var seeds = new Option<int>("--seeds") { Description = "Trainings of each variant, with seeds from 1 on.", DefaultValueFactory = _ => 5 };
var studies = new Option<string[]>("--studies")
{
    Description = "Which tables: digits, rhythms, drift, thrift, gap, labels or lesions.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => Studies.Names,
};
studies.AcceptOnlyFromAmong(Studies.Names);
var epochs = new Option<int>("--epochs") { Description = "Passes over the digits in each training.", DefaultValueFactory = _ => 2 };
var output = new Option<FileInfo?>("--output") { Description = "Where the tables go, as Markdown; the console has them anyway." };
var command = new RootCommand("Measures what each part of a spiking network is worth.") { data, studies, seeds, epochs, output };

return await SampleProgram.Run(command, args, "Stopped before the end; no table was written.", async (arguments, cancel) =>
{
    OpenMP.StopSpinning();
    SpikingTorchSharp.Prepare();   // the MLP uses TorchSharp itself
    DigitFiles files = await DigitSource.FindAsync(arguments.GetValue(data), Console.WriteLine, cancel: cancel);
    Console.WriteLine(files.Description);
    var ml = new MLContext(seed: 1);
    IDataView training = ml.Data.LoadFromIdx(files.TrainImages, files.TrainLabels), test = ml.Data.LoadFromIdx(files.TestImages, files.TestLabels);
    int each = arguments.GetValue(seeds);
    string[] tables = [.. arguments.GetValue(studies)!.Select(study => study switch
    {
        Studies.Digits => new Study(new("Digits", training, test,
            new SpikingNetworkOptions { Epochs = arguments.GetValue(epochs), BatchSize = 128, CancellationToken = cancel }), each).Run(),
        Studies.Rhythms => new Study(new("Rhythms", Recordings(ml, 800, seed: 1), Recordings(ml, 2000, seed: 2),
            RhythmNetwork.Options with { CancellationToken = cancel }), each).Run(),
        Studies.Drift => new DriftStudy(training, test, each, cancel).Run(),
        Studies.Thrift => new ThriftStudy(training, test, each, cancel).Run(),
        Studies.Labels => new LabelStudy(training, test, each, cancel).Run(),
        Studies.Lesions => new LesionStudy(training, test, each, cancel).Run(),
        _ => new GapStudy(each, cancel).Run(),
    })];
    if (arguments.GetValue(output) is { } file) WholeFile.Write(file.FullName, temporary => File.WriteAllText(temporary, string.Join('\n', tables)));
});

static IDataView Recordings(MLContext ml, int count, int seed)
{
    IDataView rows = ml.Data.LoadFromEnumerable(RhythmRecording.Make(count, seed));
    return ml.Transforms.Conversion.MapValueToKey("Label", nameof(RhythmRecording.Class)).Fit(rows).Transform(rows);
}
