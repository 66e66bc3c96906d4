namespace Microsoft.ML.Spiking.Samples.Web;

/// <summary>What the network takes a picture for.</summary>
/// <param name="Label">The most probable class.</param>
/// <param name="Recognised">False where the picture is like none of the classes: a scribble, a letter, empty paper. Then the label means little, however high its score.</param>
/// <param name="Scores">Every class, in the model's order.</param>
/// <param name="SpikeCounts">Spikes of each column; of several layers, of the last.</param>
/// <param name="Cost">What the prediction cost, as counts of events and operations.</param>
/// <param name="Recording">Every spike; absent where it was not asked for.</param>
internal sealed record Prediction(
    string Label, bool Recognised, IReadOnlyList<ClassScore> Scores, IReadOnlyList<int> SpikeCounts, PredictionCost Cost, Recording? Recording);
