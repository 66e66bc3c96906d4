using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Data.Tables;

/// <summary>Opens a text file as a command does, and keeps what was said.</summary>
internal sealed class Table : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _said = [], _warnings = [];

    public MLContext Ml { get; } = new(seed: 1);

    public string Said => string.Join('\n', _said);

    public string Warnings => string.Join('\n', _warnings);

    public string Write(string name, string content) => _folder.Write(name, content);

    public string Write(string name, byte[] content)
    {
        File.WriteAllBytes(_folder[name], content);
        return _folder[name];
    }

    public Tool.Samples Open(string path, string? label = null, IReadOnlyList<string>? names = null, params string[] ignored)
        => DataSource.Open(Ml, new DataRequest([path], IdxSet.Test, label, Size: null, ImageTone.LightOnDark) { Ignored = ignored }, Needs(names), new Remarks(_said.Add, _warnings.Add));

    /// <summary>The features of a file of this content, row by row.</summary>
    public float[][] Features(string content, string? label = null, IReadOnlyList<string>? names = null, params string[] ignored)
        => [.. Open(Write("a.csv", content), label, names, ignored).View.GetColumn<float[]>("Features")];

    public Failure Refuses(string content, string? label = null, IReadOnlyList<string>? names = null, params string[] ignored)
        => Assert.ThrowsExactly<Failure>(() => Features(content, label, names, ignored));

    public void Dispose() => _folder.Dispose();

    private static InputNeeds Needs(IReadOnlyList<string>? names) => names is null ? InputNeeds.None : new InputNeeds(Size: null, names.Count, names);
}
