using Microsoft.ML.Spiking.Events;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>How recordings of events become rows of spike trains, Vector&lt;Boolean, [time, units]&gt;.</summary>
/// <remarks>
/// An event says that a unit (a pixel of a camera, a channel of a cochlea) fired at some moment. A time step takes all events of <see cref="BinWidth"/>: those
/// of the same unit become one spike. Times count from 0, are rounded to 100 ns, and one that lies between two steps belongs to the later.
/// </remarks>
public abstract record EventOptions
{
    private protected EventOptions() { }

    /// <summary>How long a time step is, 100 ns or more; it has no default, as only who knows the recordings can say it.</summary>
    public required TimeSpan BinWidth { get; init; }

    /// <summary>
    /// Time steps of a row, at least 1. A recording that ends before is silent from there on; events that come later are left out, and a warning counts them.
    /// </summary>
    public required int Steps { get; init; }

    /// <summary>
    /// The classes' names in the order of their keys, so that a training and a test set agree on them; a recording of another class has the missing key.
    /// Default: null, for those that the data have, in the order of their labels where these are numbers, else by their letters.
    /// </summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>Units of a time step.</summary>
    internal abstract int UnitCount { get; }

    internal EventShape Shape => new(Steps, UnitCount, BinWidth.Ticks);

    internal virtual void Check()
    {
        Require.That(BinWidth > TimeSpan.Zero, $"{nameof(BinWidth)} is {BinWidth}, but it must be greater than 0, as in TimeSpan.FromMilliseconds(10).");
        Require.Positive(Steps, nameof(Steps));
        Require.That((long)Steps * UnitCount <= EventShape.MostCells,
            $"{Steps} steps of {UnitCount} units are {(long)Steps * UnitCount} places for a spike, but a row has at most {EventShape.MostCells}; take fewer or "
            + $"longer steps.");
        if (Classes is null) return;
        Require.That(Classes.Count > 0 && Classes.All(name => !string.IsNullOrEmpty(name)),
            $"{nameof(Classes)} lists {(Classes.Count == 0 ? "none" : "one without a name")}; leave it null for the classes that the data have.");
        Require.That(Classes.Distinct(StringComparer.Ordinal).Count() == Classes.Count, $"{nameof(Classes)} lists a class twice; list each once.");
    }
}
