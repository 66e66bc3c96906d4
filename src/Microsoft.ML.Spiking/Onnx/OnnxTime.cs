using Microsoft.ML.Spiking.Hosting;

namespace Microsoft.ML.Spiking.Onnx;

/// <summary>The time steps of an ONNX graph, spelt out one after the other.</summary>
/// <param name="steps">How many.</param>
internal sealed class OnnxTime(int steps)
{
    /// <summary>How many there are.</summary>
    public int Steps => steps;

    /// <summary>Takes all of them.</summary>
    /// <param name="state">What the first finds, [row, ...] each.</param>
    /// <param name="shown">What is shown, [row, step, ...] each.</param>
    /// <param name="step">What each does.</param>
    /// <returns>What they give, [row, step, ...].</returns>
    public OnnxTensor Run(OnnxTensor[] state, OnnxTensor[] shown, OnnxStep step)
    {
        var given = new OnnxTensor[steps];
        for (int t = 0; t < steps; t++)
        {
            (state, OnnxTensor gives) = step(state, [.. shown.Select(each => each.At(t, axis: 1))]);
            given[t] = gives.Within(axis: 1);
        }
        return OnnxTensor.Join(axis: 1, given);
    }
}
