namespace Microsoft.ML.Spiking;

/// <summary>A sample as the report shows it.</summary>
/// <param name="Row">Its place in the data, from 0.</param>
/// <param name="Truth">Its class; null where it has no label.</param>
/// <param name="Guess">The network's answer.</param>
/// <param name="Confidence">How sure the network was, 0 to 1.</param>
/// <param name="Pixels">Its picture, [row, column, channel].</param>
internal sealed record ReportSample(long Row, int? Truth, int Guess, float Confidence, byte[] Pixels);
