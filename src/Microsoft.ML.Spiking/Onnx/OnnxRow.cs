using Microsoft.ML.Spiking.Hosting;

namespace Microsoft.ML.Spiking.Onnx;

/// <summary>What an ONNX graph knows of the rows that it is given.</summary>
/// <param name="IsMissing">Whether a feature is not a finite number, [row, 1]; null where none can be.</param>
/// <param name="Length">Of sequences that may end before their column does, their own time steps as Int64, [row]; null of others.</param>
internal sealed record OnnxRow(OnnxTensor? IsMissing, OnnxTensor? Length)
{
    /// <summary>Takes out what neurons fire after a row's end.</summary>
    /// <param name="spikes">Truths, [row, ...].</param>
    /// <param name="step">The step.</param>
    /// <param name="rank">Axes of the spikes.</param>
    public OnnxTensor Own(OnnxTensor spikes, int step, int rank)
    {
        if (Length is not { } length) return spikes;
        long[] shape = new long[rank];
        Array.Fill(shape, 1);
        shape[0] = -1;
        OnnxGraph graph = spikes.Graph;
        return graph.Node("And", [spikes, graph.Node("Greater", [length, graph.Whole(step)]).Reshape(shape)]);
    }
}
