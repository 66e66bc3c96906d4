namespace Microsoft.ML.Spiking.Plasticity;

/// <summary>What the thresholds of <see cref="StructuralPlasticity"/> are compared with.</summary>
internal enum StructuralLevels
{
    /// <summary>Deviations from the mean over all pairs: connections compete.</summary>
    Relative,

    /// <summary>
    /// Potential and usage as they stand, as published: a column may then connect to itself, and pairs that tie with the last one grown grow too.
    /// </summary>
    Absolute,
}
