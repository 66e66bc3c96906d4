using System.Text.Json.Serialization;

namespace Microsoft.ML.Spiking;

/// <summary>
/// Which features share a scale before they are encoded. What is measured for it on the training data is stored with the model
/// (<see cref="SpikingModel.Standardisation"/>).
/// </summary>
/// <remarks>
/// Scales are measured without outliers: values further outside than twice the width of what 98 % of the values span do not count, and are shown as the largest
/// or the smallest of the others. Codes of intensities map what is left to 0 … 1; <see cref="SigmoidCode"/> takes mean and deviation, and
/// <see cref="DeltaCode"/> the size of changes.
/// </remarks>
[JsonConverter(typeof(JsonStringEnumConverter<FeatureScaling>))]
public enum FeatureScaling
{
    /// <summary>
    /// <see cref="Shared"/> where the inputs are of one kind, as pixels, spectra and readings of the same sensors are: where at least half of them span at
    /// least half of the range of all, and of a table of fewer than 64 columns every one that is not constant; else <see cref="PerInput"/>, as columns of a
    /// table need.
    /// </summary>
    Auto,

    /// <summary>
    /// One scale for all inputs: from 0 to the largest value, or from the smallest where values are negative or lie closer together than they are far from 0.
    /// </summary>
    Shared,

    /// <summary>
    /// A scale for each input, from its smallest to its largest value. Of a column [time, inputs], or of an image, an input is a place in the last dimension.
    /// </summary>
    PerInput,

    /// <summary>None: features are encoded as they are, by most codes from 0 to 1, and what lies outside is cut off.</summary>
    None,
}
