using System.CommandLine;
using System.Globalization;
using Microsoft.ML.Spiking.Fuzz;

// What becomes of damaged and hostile files, many of them:
//
//     dotnet run -c Release --project test/Microsoft.ML.Spiking.Fuzz -- model --count 100000 --seed 1

var name = new Argument<string>("target") { Description = $"What to fuzz: {string.Join(", ", FuzzTargets.All.Select(target => target.Name))}." };
var count = new Option<long>("--count") { Description = "Mutants.", DefaultValueFactory = _ => 100_000 };
var first = new Option<long>("--first") { Description = "Index of the first: with --count 1, one mutant alone.", DefaultValueFactory = _ => 0 };
var seed = new Option<int>("--seed") { Description = "Decides the mutants.", DefaultValueFactory = _ => 1 };
var keep = new Option<string>("--keep") { Description = "Folder for those that fail, some of each kind.", DefaultValueFactory = _ => "fuzz-failures" };
var trace = new Option<string?>("--trace") { Description = "A file that holds the mutant being opened: what to look at where the process died." };
var replay = new Option<string?>("--replay") { Description = "A file, or a folder of files, to open instead of mutants." };

var seeds = new Option<string?>("--seeds") { Description = "A folder to write the sound files to, and do no more." };
#if AFL
var afl = new Option<bool>("--afl") { Description = "Opens what afl-fuzz sends (build/afl.sh)." };
#endif

var command = new RootCommand("Opens damaged and hostile files: each must load, or be refused as documented, within a second and 200 MB.")
{
    name, count, first, seed, keep, trace, replay, seeds,
#if AFL
    afl,
#endif
};
command.SetAction(parsed =>
{
    IFuzzTarget target = FuzzTargets.Of(parsed.GetRequiredValue(name));
#if AFL
    if (parsed.GetValue(afl))
    {
        SharpFuzz.Fuzzer.OutOfProcess.Run(stream =>
        {
            using var file = new MemoryStream();
            stream.CopyTo(file);
            try
            {
                target.Open(file.ToArray());
            }
            catch (Exception error) when (target.IsRefusal(error)) { }
        });
        return 0;
    }
#endif
    if (parsed.GetValue(seeds) is { } folder)
    {
        Directory.CreateDirectory(folder);
        for (int i = 0; i < target.Seeds.Count; i++) File.WriteAllBytes(Path.Combine(folder, $"{target.Name}-{i}"), target.Seeds[i]);
        return 0;
    }
    var fuzzer = new Fuzzer(target, parsed.GetValue(seed), FuzzLimits.Default);
    return parsed.GetValue(replay) is { } kept ? Replay(fuzzer, kept) : Fuzz(parsed, target, fuzzer);
});
return command.Parse(args).Invoke();

int Fuzz(ParseResult parsed, IFuzzTarget target, Fuzzer fuzzer)
{
    long from = parsed.GetValue(first), mutants = parsed.GetValue(count);
    Console.WriteLine($"{target.Name}: seed {parsed.GetValue(seed)}, mutants {from} to {from + mutants - 1} of {target.Seeds.Count} sound files");
    FuzzReport report = fuzzer.Run(from, mutants, parsed.GetValue(trace) is { } path ? (_, mutant) => File.WriteAllBytes(path, mutant) : null);
    foreach (var (kind, times) in report.Kinds.OrderByDescending(kind => kind.Value)) Console.WriteLine($"  {times,6}  {kind}");
    foreach (FuzzFailure failure in report.Failures)
    {
        string file = Path.Combine(Directory.CreateDirectory(parsed.GetRequiredValue(keep)).FullName,
            string.Create(CultureInfo.InvariantCulture, $"{target.Name}-{parsed.GetValue(seed)}-{failure.Index}"));
        File.WriteAllBytes(file, failure.Mutant);
        Console.WriteLine($"{file} ({failure.Mutant.Length} bytes)\n{failure.Detail}\n");
    }
    Console.WriteLine(report);
    return report.Kinds.Count == 0 ? 0 : 1;
}

static int Replay(Fuzzer fuzzer, string kept)
{
    int failed = 0;
    foreach (string file in Directory.Exists(kept) ? Directory.GetFiles(kept).Order() : (IEnumerable<string>)[kept])
    {
        FuzzReport report = fuzzer.Run(File.ReadAllBytes(file));
        Console.WriteLine($"{file}: {report}");
        foreach (FuzzFailure failure in report.Failures) Console.WriteLine($"{failure.Kind}\n{failure.Detail}\n");
        failed += report.Failures.Count;
    }
    return failed == 0 ? 0 : 1;
}
