using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>What goes into a report of a trained network, and how much of it.</summary>
public sealed record SpikingReportOptions
{
    /// <summary>The report's heading. Default "A spiking network, looked into".</summary>
    public string Title { get; init; } = "A spiking network, looked into";

    /// <summary>Rows of the data that are scored, the first ones; null for all. Default null.</summary>
    public int? MaximumRows { get; init; }

    /// <summary>Samples in the grid of predictions. Default 60.</summary>
    public int GridSamples { get; init; } = 60;

    /// <summary>Samples kept for each cell of the confusion matrix, to be seen on a click. Default 12.</summary>
    public int SamplesPerCell { get; init; } = 12;

    /// <summary>Samples whose spikes and membranes can be looked at step by step. Default 8.</summary>
    public int RecordedSamples { get; init; } = 8;

    /// <summary>Samples that spike rates and the cost of a prediction are averaged over. Default 50.</summary>
    public int CostSamples { get; init; } = 50;

    /// <summary>
    /// Rows, the first ones, that the curve of accuracy against cost is measured on: they are shown once more for each number of time steps. Default 500.
    /// </summary>
    public int CurveSamples { get; init; } = 500;

    /// <summary>Neurons whose receptive fields are drawn, where the input is an image. Default 96.</summary>
    public int ReceptiveFields { get; init; } = 96;

    internal void Check()
    {
        Require.That(!string.IsNullOrWhiteSpace(Title), "Title is empty; give the report a heading, or leave the default.");
        Require.That(MaximumRows is null or > 0, $"MaximumRows is {MaximumRows}, but it must be greater than 0, or null for all rows.");
        Require.Positive(GridSamples, nameof(GridSamples));
        Require.Positive(SamplesPerCell, nameof(SamplesPerCell));
        Require.Positive(RecordedSamples, nameof(RecordedSamples));
        Require.Positive(CostSamples, nameof(CostSamples));
        Require.Positive(CurveSamples, nameof(CurveSamples));
        Require.Positive(ReceptiveFields, nameof(ReceptiveFields));
    }
}
