namespace Microsoft.ML.Spiking.Nir;

/// <summary>A node of a graph whose nested graphs are unfolded.</summary>
/// <param name="path">From the file's root on, as in "/node/nodes/lif".</param>
/// <param name="name">From the graph on, as in "sub/lif".</param>
/// <param name="node">The node; of a nested graph its Input and its Output, which pass on what comes.</param>
internal sealed class NirPlanNode(string path, string name, NirNode node)
{
    public string Path => path;

    public string Name => name;

    public NirNode Node => node;

    /// <summary>Whether it is a node of the graph itself, of none that is nested in it.</summary>
    public bool IsOuter => !name.Contains('/');

    /// <summary>The nodes whose results are added up to what it reads.</summary>
    public List<NirPlanNode> Sources { get; } = [];

    /// <summary>Whether somebody reads what it gives.</summary>
    public bool IsRead { get; set; }

    /// <summary>Numbers that it reads in a time step.</summary>
    public int Inputs { get; set; }

    /// <summary>Numbers that it gives in a time step.</summary>
    public int Width { get; set; }

    /// <summary>Whether it is neurons that spike.</summary>
    public bool Spikes => node is NirLif or NirCubaLif or NirIf;

    /// <summary>A sentence that names it.</summary>
    public InvalidDataException Says(string sentence) => new($"{path} ({node.Kind}) {sentence}");
}
