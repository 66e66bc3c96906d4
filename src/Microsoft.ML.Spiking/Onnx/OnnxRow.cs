using Microsoft.ML.Spiking.Hosting;

namespace Microsoft.ML.Spiking.Onnx;

/// <summary>What an ONNX graph knows of the rows that it is given.</summary>
/// <param name="IsMissing">Whether a feature is not a finite number, [row, 1]; null where none can be.</param>
/// <param name="Length">Of sequences that may end before their column does, their own time steps as Single, [row, 1]; null of others.</param>
/// <param name="Own">Of these, 1 in a time step of their own and 0 after their end, [row, step]; null of others.</param>
internal sealed record OnnxRow(OnnxTensor? IsMissing, OnnxTensor? Length = null, OnnxTensor? Own = null);
