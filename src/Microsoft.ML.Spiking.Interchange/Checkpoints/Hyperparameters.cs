namespace Microsoft.ML.Spiking.Checkpoints;

/// <summary>What a checkpoint says under hyperparams: programs spell the same thing in many ways, and may say much that no prediction asks for.</summary>
internal sealed class Hyperparameters
{
    private readonly Dictionary<string, double> _numbers = [];
    private readonly HashSet<string> _unread = [];

    /// <param name="stated">What stands there; null where nothing does.</param>
    /// <param name="archive">The checkpoint.</param>
    public Hyperparameters(PickleDict? stated, TorchArchive archive)
    {
        foreach (var (name, value) in stated ?? [])
        {
            _unread.Add(name);
            if (Number(value, archive) is { } number) _numbers[name] = number;
        }
    }

    /// <summary>Their names, for a sentence.</summary>
    public string Names => _unread.Count == 0 ? "none" : string.Join(", ", _unread.Order(StringComparer.Ordinal).Take(12).Select(name => $"'{name}'"));

    /// <summary>Names that nobody has asked for, in order.</summary>
    public IEnumerable<string> Unread => _unread.Order(StringComparer.Ordinal);

    /// <summary>Network sizes and constants.</summary>
    public double? TimeSteps => Take("timesteps", "numsteps", "nsteps", "numtimesteps", "ntimesteps", "simsteps", "simulationsteps", "steps", "t");

    public double? MembraneTimeConstant => Take("taumem", "taumembrane", "membranetau", "taum");

    public double? SynapseTimeConstant => Take("tausyn", "tausynapse", "synapsetau", "taus");

    public double? Columns => Take("columns", "ncolumns", "numcolumns");

    public double? NeuronsPerColumn => Take("neuronspercolumn", "neuronscolumn", "columnneurons", "columnsize");

    public double? Inputs => Take("inputs", "ninputs", "numinputs", "inputsize", "inputdim");

    public double? Classes => Take("classes", "nclasses", "numclasses", "outputs", "outputsize", "noutputs");

    public double? Neighbours => Take("k", "kneighbors", "kneighbours", "neighbors", "neighbours", "kneighbor");

    public double? RewiringProbability => Take("p", "prewire", "rewireprob", "rewiringprob", "rewiringprobability", "rewireprobability");

    public double? BatchSize => Take("batchsize", "batch");

    public double? Epochs => Take("epochs", "nepochs", "numepochs");

    public double? LearningRate => Take("lr", "learningrate");

    /// <summary>A number, whatever a program made of it; null where it is none.</summary>
    public static double? Number(object? value, TorchArchive archive) => value switch
    {
        long whole => whole,
        double number => number,
        TorchTensor { Count: 1 } tensor => archive.Read(tensor)[0],
        _ => null,
    };

    private double? Take(params ReadOnlySpan<string> spellings)
    {
        foreach (var (name, number) in _numbers)
        {
            string plain = new([.. name.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant)]);
            if (!spellings.Contains(plain)) continue;
            _unread.Remove(name);
            return number;
        }
        return null;
    }
}
