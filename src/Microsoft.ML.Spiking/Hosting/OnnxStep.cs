namespace Microsoft.ML.Spiking.Hosting;

/// <summary>A time step in an ONNX graph.</summary>
/// <param name="state">What the step before has left, [row, ...] each.</param>
/// <param name="shown">What is shown in the step, [row, ...] each.</param>
/// <returns>What it leaves, as much as it was given; and what it gives, [row, ...]. All of it is Single.</returns>
internal delegate (OnnxTensor[] State, OnnxTensor Gives) OnnxStep(OnnxTensor[] state, OnnxTensor[] shown);
