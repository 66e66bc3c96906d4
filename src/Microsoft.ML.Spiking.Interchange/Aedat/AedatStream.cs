namespace Microsoft.ML.Spiking.Aedat;

/// <summary>One of the streams of a recording, as its header has it.</summary>
/// <param name="Number">What packets call it.</param>
/// <param name="Type">Four letters: EVTS of events, FRME of pictures, IMUS of movements, TRIG of triggers.</param>
/// <param name="Width">Pixels of a line; null where that is not said.</param>
/// <param name="Height">Lines; null where that is not said.</param>
internal sealed record AedatStream(int Number, string Type, int? Width, int? Height)
{
    public const string Events = "EVTS";

    /// <summary>As in "1 (FRME)".</summary>
    public override string ToString() => $"{Number} ({Type})";
}
