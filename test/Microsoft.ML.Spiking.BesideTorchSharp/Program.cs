using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Spiking;
using Microsoft.ML.TorchSharp;
using TorchSharp;

// Does what its arguments say, in their order, and says what came of it: prepare, theirs, ours.
foreach (string argument in args)
{
    try
    {
        Console.WriteLine($"{argument}: {Do(argument)}");
    }
    catch (Exception error) when (error is InvalidOperationException or TypeInitializationException or TargetInvocationException)
    {
        Console.WriteLine($"{argument} failed: {error.Message}");
    }
}

static string Do(string what) => what switch
{
    "prepare" => Prepare(),
    "theirs" => Theirs(),
    "ours" => Ours(),
    _ => throw new NotSupportedException(what),
};

[MethodImpl(MethodImplOptions.NoInlining)]
static string Prepare()
{
    SpikingTorchSharp.Prepare();
    return "ready";
}

// Their trainers begin with a download of weights; the network that those go into is made without.
[MethodImpl(MethodImplOptions.NoInlining)]
static string Theirs()
{
    var ml = new MLContext(seed: 1);
    _ = ml.MulticlassClassification.Trainers.TextClassification();
    Type network = typeof(TorchSharpCatalog).Assembly.GetType("Microsoft.ML.TorchSharp.AutoFormerV2.AutoFormerV2", throwOnError: true)!;
    using var made = (torch.nn.Module)Activator.CreateInstance(
        network, 3, new List<int> { 8, 16, 16, 32 }, new List<int> { 1, 1, 1, 1 }, new List<int> { 1, 1, 1, 1 }, torch.CPU)!;
    return $"{made.GetType().Name} of {made.parameters().Count()} parameters";
}

[MethodImpl(MethodImplOptions.NoInlining)]
static string Ours()
{
    var ml = new MLContext(seed: 1);
    IDataView rows = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 12).Select(i => new Row { Label = (uint)(i % 2), Features = [i % 2, 1 - i % 2] }).ToArray());
    var network = new SpikingNetwork { Layers = [new ColumnLayer { Columns = 4, NeuronsPerColumn = 16 }] };
    var options = new SpikingNetworkOptions { Network = network, Batches = 2, BatchSize = 4, Engine = TrainingEngine.Torch, Device = TrainingDevice.Cpu, Seed = 1 };
    return $"{ml.MulticlassClassification.Trainers.SpikingNetwork(options).Fit(rows).Model.Training.Batches} batches";
}

internal sealed class Row
{
    [KeyType(2)]
    public uint Label { get; set; }

    [VectorType(2)]
    public float[] Features { get; set; } = [];
}
