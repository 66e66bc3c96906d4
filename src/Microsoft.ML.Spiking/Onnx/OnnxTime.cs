using Microsoft.ML.Spiking.Hosting;

namespace Microsoft.ML.Spiking.Onnx;

/// <summary>The time steps of an ONNX graph: spelt out one after the other, or a loop where they are many.</summary>
/// <param name="graph">The graph.</param>
/// <param name="steps">How many.</param>
/// <param name="loops">Whether they are a loop, however few they are.</param>
internal sealed class OnnxTime(OnnxGraph graph, int steps, bool loops)
{
    // Each is some ten operators a layer, which a runtime has to look through when it loads: half a second then. But not every runtime knows loops.
    private const int MostSpeltOut = 128;

    /// <summary>How many there are.</summary>
    public int Steps => steps;

    /// <summary>Whether so many are a loop in any case.</summary>
    public static bool IsLoop(int steps) => steps > MostSpeltOut;

    /// <summary>Takes all of them.</summary>
    /// <param name="state">What the first finds, [row, ...] each.</param>
    /// <param name="shown">What is shown, [row, step, ...] each.</param>
    /// <param name="step">What each does.</param>
    /// <returns>What they give, [row, step, ...].</returns>
    public OnnxTensor Run(OnnxTensor[] state, OnnxTensor[] shown, OnnxStep step)
    {
        if (loops || IsLoop(steps)) return graph.Scan(steps, state, shown, step);
        var given = new OnnxTensor[steps];
        for (int t = 0; t < steps; t++)
        {
            (state, OnnxTensor gives) = step(state, [.. shown.Select(each => each.At(t, axis: 1))]);
            given[t] = gives.Within(axis: 1);
        }
        return OnnxTensor.Join(axis: 1, given);
    }
}
