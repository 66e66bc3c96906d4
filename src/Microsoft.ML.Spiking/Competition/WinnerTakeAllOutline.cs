using Microsoft.ML.Spiking.Architecture;

namespace Microsoft.ML.Spiking.Competition;

/// <summary>What a model of a winner-take-all layer is besides its arrays.</summary>
/// <param name="Network">The layer.</param>
/// <param name="Learning">How it learnt.</param>
/// <param name="Epochs">Passes over the rows.</param>
/// <param name="Seed">The seed of all randomness.</param>
/// <param name="Rows">Rows learnt from.</param>
/// <param name="LabelledRows">Of these, rows with a label.</param>
/// <param name="Columns">What its columns of the data are called.</param>
/// <param name="InputDimensions">Dimensions of the input column.</param>
/// <param name="Classes">Number of classes.</param>
/// <param name="Scales">Scales that features are standardised by: 1, or as many as inputs have one of their own.</param>
/// <param name="Gain">What a spike through a weight of 1 adds to a potential.</param>
/// <param name="FeatureNames">What the features are called; null where they have no names.</param>
internal sealed record WinnerTakeAllOutline(
    WinnerTakeAllNetwork Network, CompetitiveStdp Learning, int Epochs, int Seed, long Rows, long LabelledRows, ColumnNames Columns, int[] InputDimensions,
    int Classes, int Scales, float Gain, string[]? FeatureNames = null)
{
    public static WinnerTakeAllOutline Of(WinnerTakeAllModel model) => new(
        model.Network, model.Learning, model.Epochs, model.Seed, model.Rows, model.LabelledRows, model.Names, [.. model.Input.Dimensions], model.Classes,
        model.Standardisation.Offset.Length, model.Gain, model.FeatureNames is [] ? null : [.. model.FeatureNames]);
}
