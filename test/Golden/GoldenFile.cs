using System.Text.Json;

namespace Microsoft.ML.Spiking.Tests;

/// <summary>Numbers of the reference program, computed in float64. A path like "inputs.x" leads to a value; arrays of any depth come flat.</summary>
internal sealed class GoldenFile
{
    private readonly JsonElement _root;

    private GoldenFile(string path)
    {
        Name = Path.GetFileNameWithoutExtension(path);
        _root = JsonDocument.Parse(File.ReadAllText(path)).RootElement;
    }

    private GoldenFile(string name, JsonElement root) => (Name, _root) = (name, root);

    public string Name { get; }

    /// <summary>Where the files are: SPIKING_GOLDEN, or else beside the tests.</summary>
    public static string Folder => Environment.GetEnvironmentVariable("SPIKING_GOLDEN") is { Length: > 0 } folder ? folder : OwnFolder;

    private static string OwnFolder => Path.Combine(AppContext.BaseDirectory, "Golden");

    public static IEnumerable<string> Names => Directory.EnumerateFiles(Folder, "*.json").Select(f => Path.GetFileNameWithoutExtension(f)).Order();

    public static GoldenFile Open(string name) => new(Path.Combine(Folder, name + ".json"));

    /// <summary>A file of the tests' own, wherever SPIKING_GOLDEN points.</summary>
    public static GoldenFile OpenOwn(string name) => new(Path.Combine(OwnFolder, name + ".json"));

    /// <summary>The kind of a file is told by the beginning of its name; the longest kind that fits is meant.</summary>
    public static string? KindOf(string name)
        => ((string[])["cuba_lif", "adaptive_lif", "lif", "encoder", "stdp", "topology", "network_training", "network_evaluation_with_plasticity", "network_evaluation"])
            .Where(kind => name.StartsWith(kind, StringComparison.Ordinal)).MaxBy(kind => kind.Length);

    public static IEnumerable<object[]> Of(string kind) => Names.Where(name => KindOf(name) == kind).Select(name => new object[] { name });

    public double Number(string path) => At(path).GetDouble();

    public int Integer(string path) => (int)Number(path);

    public float[] Array(string path) => [.. Flatten(At(path)).Select(e => (float)e.GetDouble())];

    /// <summary>The lengths of an array, outermost first.</summary>
    public int[] Shape(string path)
    {
        var shape = new List<int>();
        for (JsonElement e = At(path); e.ValueKind == JsonValueKind.Array; e = e[0]) shape.Add(e.GetArrayLength());
        return [.. shape];
    }

    /// <summary>The entries of a list of objects.</summary>
    public IEnumerable<GoldenFile> Items(string path) => At(path).EnumerateArray().Select((e, i) => new GoldenFile($"{Name}[{i}]", e));

    private JsonElement At(string path) => path.Split('.').Aggregate(_root, (e, part) => e.GetProperty(part));

    private static IEnumerable<JsonElement> Flatten(JsonElement e) => e.ValueKind == JsonValueKind.Array ? e.EnumerateArray().SelectMany(Flatten) : [e];
}
