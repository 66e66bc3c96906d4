namespace Microsoft.ML.Spiking.Tool;

/// <summary>What a user said about recordings of events.</summary>
/// <param name="Bin">How long a time step is; null for the model's, or where the data are no events.</param>
/// <param name="Bins">Time steps of a row; null for the model's.</param>
/// <param name="Units">Units of a step; null for the model's, or the format's own.</param>
/// <param name="TimeUnit">How long a time of 1 is in a table; null for a second.</param>
/// <param name="Stream">Which stream of AEDAT4 recordings; null for the only one of events.</param>
internal sealed record EventRequest(TimeSpan? Bin, int? Bins, int? Units, TimeSpan? TimeUnit, int? Stream)
{
    public const string BinName = "--bin", BinsName = "--bins", UnitsName = "--units", TimeUnitName = "--time-unit", StreamName = "--stream";

    /// <summary>Nothing was said.</summary>
    public static EventRequest None { get; } = new(Bin: null, Bins: null, Units: null, TimeUnit: null, Stream: null);

    /// <summary>The same, for the command line of one who has a model, and so its steps, how long they are, and its units.</summary>
    public IEnumerable<string> Words =>
        [.. TimeUnit is { } unit ? (string[])[TimeUnitName, TimeText.Of(unit)] : [], .. Stream is { } stream ? (string[])[StreamName, $"{stream}"] : []];

    /// <summary>The first option that was given; null where none was.</summary>
    public string? Given
        => Bin is not null ? BinName : Bins is not null ? BinsName : Units is not null ? UnitsName : TimeUnit is not null ? TimeUnitName
            : Stream is not null ? StreamName : null;
}
