using Microsoft.ML.Spiking.Hosting;

namespace Microsoft.ML.Spiking.Onnx;

/// <summary>What a layer is shown over time in an ONNX graph.</summary>
/// <param name="Steps">Of each time step, [row, input]; the same tensor where it is the same.</param>
/// <param name="Row">What is known of the rows themselves.</param>
internal sealed record OnnxStimulus(OnnxTensor[] Steps, OnnxRow Row)
{
    private OnnxTensor? _silence;

    /// <summary>What arrives through delays in a time step: the inputs once for each of them, and nothing before anything is shown.</summary>
    public OnnxTensor[] Arriving(int step, IReadOnlyList<int> delays)
        => [.. delays.Select(delay => delay <= step ? Steps[step - delay] : _silence ??= Steps[0].Zeros())];
}
