using System.Text.Json.Serialization;

namespace Microsoft.ML.Spiking;

/// <summary>How the neurons of a <see cref="WinnerTakeAllNetwork"/>, which have learnt without labels, speak for classes.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ClassVote>))]
public enum ClassVote
{
    /// <summary>Each for the class that it fires most for, which gets the mean spikes of its neurons (Diehl and Cook 2015).</summary>
    OwnClass,

    /// <summary>Each for all classes, in the shares in which it fires for them.</summary>
    Shares,
}
