using Microsoft.ML.Spiking.Applications;
using Microsoft.ML.Spiking.Benchmarks;

// dotnet run -c Release --project test/Microsoft.ML.Spiking.Benchmarks -- NAME
var benchmarks = new Dictionary<string, Action>
{
    ["reference-step"] = ReferenceStep.Run,
    ["reference-epoch"] = ReferenceEpoch.Run,
};

if (args is [var name] && benchmarks.TryGetValue(name, out Action? run))
{
    OpenMP.StopSpinning();
    run();
    return 0;
}
Console.Error.WriteLine($"Name one benchmark: {string.Join(", ", benchmarks.Keys)}.");
return 2;
