using System.Globalization;

namespace Microsoft.ML.Spiking.Fuzz;

/// <summary>What became of the mutants.</summary>
internal sealed class FuzzReport
{
    private const int KeptOfAKind = 3;

    private readonly Dictionary<string, int> _kinds = [];
    private readonly List<FuzzFailure> _failures = [];

    /// <summary>Mutants that load, and predict.</summary>
    public long Loaded { get; set; }

    /// <summary>Mutants that are refused as documented.</summary>
    public long Refused { get; set; }

    /// <summary>The longest that one took.</summary>
    public TimeSpan LongestTime { get; set; }

    /// <summary>The most that one allocated.</summary>
    public long MostBytes { get; set; }

    /// <summary>The mutant that never ended; null where all did.</summary>
    public FuzzFailure? Endless { get; private set; }

    /// <summary>The first few of each kind.</summary>
    public IReadOnlyList<FuzzFailure> Failures => _failures;

    /// <summary>How many of each kind.</summary>
    public IReadOnlyDictionary<string, int> Kinds => _kinds;

    public void Add(FuzzFailure failure)
    {
        int known = _kinds.GetValueOrDefault(failure.Kind);
        _kinds[failure.Kind] = known + 1;
        if (known < KeptOfAKind) _failures.Add(failure);
    }

    public void End(FuzzFailure endless)
    {
        Endless = endless;
        Add(endless);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Loaded + Refused + _kinds.Values.Sum()} mutants: {Loaded} loaded, {Refused} refused, {_kinds.Values.Sum()} failed; the longest took "
            + $"{LongestTime.TotalMilliseconds:F0} ms, the largest allocated {MostBytes / 1e6:F1} MB.");
}
