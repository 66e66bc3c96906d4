using Microsoft.ML.Spiking.Transforms;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>How well a model tells the classes of labelled rows apart.</summary>
/// <param name="Rows">Rows evaluated.</param>
/// <param name="Unanswered">Rows with a label that got no answer, a feature being missing; no measure counts them.</param>
/// <param name="MicroAccuracy">Fraction of the rows that were classified rightly.</param>
/// <param name="MacroAccuracy">The same by class, and the mean of that.</param>
/// <param name="LogLoss">Mean cross entropy, in nats.</param>
/// <param name="CalibrationError">Expected calibration error: how far, on the mean, what is sure by so much is from being right as often; 0 to 1.</param>
/// <param name="Reliability">The predictions in bins by how sure they are.</param>
/// <param name="TopK">Fraction of the rows whose class was among the 1, 2, ... most probable.</param>
/// <param name="Classes">One entry a class.</param>
/// <param name="Confusion">Rows by true class and, within it, by predicted class.</param>
/// <param name="Cost">What a row costs.</param>
/// <param name="Curve">How accuracy grows with cost, from one time step to all; null where nobody asks.</param>
internal sealed record EvaluationResult(
    long Rows, long Unanswered, double MicroAccuracy, double MacroAccuracy, double LogLoss, double CalibrationError, IReadOnlyList<ReliabilityBin> Reliability,
    IReadOnlyList<double> TopK, IReadOnlyList<ClassResult> Classes, IReadOnlyList<IReadOnlyList<long>> Confusion,
    CostResult Cost, IReadOnlyList<CurvePoint>? Curve);

/// <summary>How well one class is known.</summary>
/// <param name="Label">The class.</param>
/// <param name="Rows">Rows of this class.</param>
/// <param name="Precision">Of the rows that were taken for this class, the fraction that are of it; null where none was.</param>
/// <param name="Recall">Of the rows of this class, the fraction that were taken for it; null where there are none.</param>
/// <param name="F1">The harmonic mean of the two.</param>
internal sealed record ClassResult(string Label, long Rows, double? Precision, double? Recall, double? F1);

/// <summary>What a prediction costs, the mean over all rows with an answer: counts, not joules (<see cref="PredictionCost"/>).</summary>
/// <param name="InputEvents">Inputs that were on.</param>
/// <param name="Spikes">Spikes of all neurons.</param>
/// <param name="SynapticOperations">Weights that were added.</param>
/// <param name="BytesMoved">Bytes of those weights.</param>
/// <param name="DenseOperations">Multiply-adds of an ordinary network of the same layers.</param>
internal sealed record CostResult(double InputEvents, double Spikes, double SynapticOperations, double BytesMoved, long DenseOperations);
