using System.Globalization;
using Microsoft.ML.Spiking.Codes;

namespace Microsoft.ML.Spiking.Model;

/// <summary>What no scale can save of features, or none that the options allow.</summary>
internal static class FeatureWarning
{
    // Of 24 bits that a Single has, fewer than 8 are left for what changes.
    private const double FewBits = 1.0 / (1 << 16);

    /// <summary>One sentence with the remedy; null where all is well.</summary>
    /// <param name="measured">Of the training data.</param>
    /// <param name="chosen">The network as it is trained.</param>
    public static string? Of(FeatureStatistics measured, SpikingNetwork chosen)
    {
        if (measured.Constant == measured.Inputs.Length)
            return "All inputs are the same in every training row, and nothing can be learnt from them; see what the feature column holds.";

        int[] coarse = [.. Enumerable.Range(0, measured.Inputs.Length).Where(i => IsCoarse(measured.Inputs[i]))];
        if (coarse.Length > 0)
            return $"{(coarse.Length == 1 ? $"Input {coarse[0]} lies" : $"{coarse.Length} inputs, {coarse[0]} the first of them, lie")} so far from 0, "
                + "beside what changes, that a Single rounds the changes off; "
                + "take the mean off before the numbers become Single, as of times since an hour and not since a year.";

        FeatureRange all = measured.All;
        bool cuts = chosen.Code is not (SigmoidCode or DeltaCode or SequenceCode { Step: SigmoidCode });
        if (chosen.Scaling == FeatureScaling.None && cuts && (all.Low < 0 || all.High > 1))
            return string.Create(CultureInfo.InvariantCulture, $"Scaling is None, but the features reach from {all.Low:G4} to {all.High:G4}, ")
                + "and what lies outside 0 to 1 is cut off; leave Scaling to the data, or scale them before.";

        return chosen.Scaling == FeatureScaling.Shared && !measured.AreOfOneKind
            ? "Scaling is Shared, but the inputs' ranges differ as those of a table's columns do, and the small ones can hardly be seen; "
                + "leave Scaling to the data, or set PerInput."
            : null;
    }

    private static bool IsCoarse(FeatureRange input) => input.Span > 0 && input.Span < FewBits * Math.Max(Math.Abs(input.Low), Math.Abs(input.High));
}
