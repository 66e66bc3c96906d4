using System.CommandLine;
using Microsoft.ML.Spiking;
using Microsoft.ML.Spiking.Applications;
using Microsoft.ML.Spiking.Benchmarks;

// dotnet run -c Release --project test/Microsoft.ML.Spiking.Benchmarks -- NAME
var seeds = new Option<int?>("--seeds") { Description = "Trainings, each of a seed of its own, from 1 on (time-to-*, averages, spoken-digits: 5, events-shd, stream-accuracy, readouts: 3, *-best, *-convolution, stdp-*: 1)." };
var output = new Option<DirectoryInfo?>("--output") { Description = "Where the curves of time-to-* and reference-run go, as CSV and SVG, or the picture of stdp-*; each training of time-to-* then runs to its end." };
var epochs = new Option<int>("--epochs") { Description = "Epochs of reference-run; 0 to draw the curves that are there.", DefaultValueFactory = _ => 40 };
var withoutBaselines = new Option<bool>("--without-baselines") { Description = "Leaves other learners out of time-to-* and spoken-digits." };

var held = new Option<bool>("--held-out") { Description = "Keeps the last 10,000 training rows out of *-best, *-convolution, stream-accuracy and stdp-* and measures on them instead of the test rows, as where settings are chosen; of events-shd, other words." };

var benchmarks = new Dictionary<string, Action<ParseResult>>
{
    ["reference-step"] = _ => ReferenceStep.Run(),
    ["default-step"] = _ => DefaultStep.Run(),
    ["convolution-step"] = _ => ConvolutionStep.Run(),
    ["peer-step"] = _ => PeerStep.Run(),
    ["readout-product"] = _ => ReadoutProduct.Run(),
    ["reference-epoch"] = _ => ReferenceEpoch.Run(),
    ["reference-run"] = arguments => new ReferenceRun(arguments.GetValue(output) ?? new DirectoryInfo(".")).Run(arguments.GetValue(epochs)),
    ["evaluate-10k"] = _ => EvaluateTenThousand.Run(),
    ["predict-latency"] = _ => PredictLatency.Run(),
    ["cold-start"] = _ => ColdStart.Run(),
    ["training-memory"] = _ => TrainingMemory.Run(),
    [TrainingMemory.Inside] = _ => TrainingMemory.RunInside(),
    ["stream-memory"] = _ => StreamMemory.Run(),
    [StreamMemory.Inside] = _ => StreamMemory.RunInside(),
    ["stream-accuracy"] = arguments => StreamAccuracy.Run(arguments.GetValue(seeds) ?? 3, arguments.GetValue(held)),
    ["time-to-96"] = arguments => TimeTo(arguments, "time-to-96", 0.9602),
    ["time-to-98"] = arguments => TimeTo(arguments, "time-to-98", 0.98),
    ["mnist-best"] = arguments => BestAccuracy.Digits(arguments.GetValue(seeds) ?? 1, arguments.GetValue(held)),
    ["fashion-best"] = arguments => BestAccuracy.Fashion(arguments.GetValue(seeds) ?? 1, arguments.GetValue(held)),
    ["mnist-convolution"] = arguments => ConvolutionAccuracy.Digits(arguments.GetValue(seeds) ?? 1, arguments.GetValue(held)),
    ["fashion-convolution"] = arguments => ConvolutionAccuracy.Fashion(arguments.GetValue(seeds) ?? 1, arguments.GetValue(held)),
    ["augmentation"] = _ => Augmentation.Run(),
    ["averages"] = arguments => Averages.Run(arguments.GetValue(seeds) ?? 5),
    ["spoken-digits"] = arguments => SpokenDigits.Run(arguments.GetValue(seeds) ?? 5, arguments.GetValue(withoutBaselines)),
    ["readouts"] = arguments => Readouts.Run(arguments.GetValue(seeds) ?? 3),
    ["events-shd"] = arguments => SpokenSpikes.Run(arguments.GetValue(seeds) ?? 3, arguments.GetValue(held)),
    ["stdp-100"] = arguments => Stdp(arguments, "stdp-100", neurons: 100, new()),
    ["stdp-400"] = arguments => Stdp(arguments, "stdp-400", neurons: 400, new()),
    ["stdp-400-rewarded"] = arguments => Stdp(arguments, "stdp-400-rewarded", neurons: 400, new() { Reward = new() }),
};

seeds.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int?>() < 1) result.AddError("--seeds must be at least 1.");
});
var name = new Argument<string>("name") { Description = string.Join(", ", benchmarks.Keys) };
name.AcceptOnlyFromAmong([.. benchmarks.Keys]);
var command = new RootCommand("Measures one figure of docs/performance.md.") { name, seeds, output, epochs, withoutBaselines, held };
command.SetAction(arguments =>
{
    OpenMP.StopSpinning();
    try
    {
        benchmarks[arguments.GetValue(name)!](arguments);
        return 0;
    }
    catch (Exception error) when (error is InvalidOperationException or IOException or NotSupportedException)
    {
        Console.Error.WriteLine(error.Message);
        return 1;
    }
});
return command.Parse(args).Invoke();

void TimeTo(ParseResult arguments, string figure, double accuracy)
    => new TimeToAccuracy(figure, accuracy, arguments.GetValue(output)).Run(arguments.GetValue(seeds) ?? 5, arguments.GetValue(withoutBaselines));

void Stdp(ParseResult arguments, string figure, int neurons, CompetitiveStdp learning)
    => StdpAccuracy.Run(figure, neurons, learning, arguments.GetValue(seeds) ?? 1, arguments.GetValue(output), arguments.GetValue(held));
