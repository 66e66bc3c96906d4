using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Kernels;

namespace Microsoft.ML.Spiking.Onnx;

/// <summary>What a layer did on rows, in an ONNX graph.</summary>
/// <param name="Spikes">What a layer that follows is shown.</param>
/// <param name="Counted">What its neurons' spikes count in each time step, [row, neuron].</param>
/// <param name="Shape">What it is.</param>
/// <param name="Windows">Windows that the readout reads them in.</param>
internal sealed record OnnxActivity(OnnxStimulus Spikes, OnnxTensor[] Counted, LayerShape Shape, int Windows)
{
    private int Steps => Counted.Length;

    private OnnxGraph Graph => Counted[0].Graph;

    /// <summary>The spike rates of its neurons, [row, window and neuron], and the mean size of each group's over all steps, [row, group].</summary>
    public (OnnxTensor Neurons, OnnxTensor Groups) Rates()
    {
        OnnxTensor inTime = OnnxTensor.Join(axis: 1, [.. Counted.Select(step => step.Reshape(-1, 1, Shape.Neurons))]);
        var (belongs, steps, all) = Spikes.Row.Length is { } length ? OfLengths(length) : OfAll();
        OnnxTensor sums = Graph.Node("MatMul", [belongs, inTime]);   // [row, window, neuron]
        OnnxTensor rates = (sums / steps).Reshape(-1, Windows * Shape.Neurons);
        OnnxTensor sizes = Graph.Node("Abs", [sums.Sum(axis: 1, keep: false) / all]);
        return (rates, sizes.Reshape(-1, Shape.Groups, Shape.PerGroup).Mean(axis: 2, keep: false));
    }

    // Which steps are of which window, [1, window, step]; a window's steps, [window, 1]; and all of them.
    private (OnnxTensor Belongs, OnnxTensor Steps, OnnxTensor All) OfAll() => (
        Graph.Constant(Belongs(Steps), 1, Windows, Steps), Graph.Constant(StepsOf(Steps), Windows, 1), Graph.Constant(Steps));

    // The same of rows with lengths of their own, [row, ...]: looked up in tables of all lengths.
    private (OnnxTensor Belongs, OnnxTensor Steps, OnnxTensor All) OfLengths(OnnxTensor length)
    {
        int[] lengths = [.. Enumerable.Range(0, Steps + 1)];
        return (
            Graph.Constant(lengths.SelectMany(Belongs), lengths.Length, Windows, Steps).Gather(length, axis: 0),
            Graph.Constant(lengths.SelectMany(StepsOf), lengths.Length, Windows, 1).Gather(length, axis: 0),
            Graph.Constant(lengths.Select(all => (float)Math.Max(1, all)), lengths.Length, 1).Gather(length, axis: 0));
    }

    private IEnumerable<float> Belongs(int length)
        => from window in Enumerable.Range(0, Windows)
           let steps = TimeWindow.Of(length, Windows, window)
           from step in Enumerable.Range(0, Steps)
           select step >= steps.Start && step < steps.End ? 1f : 0f;

    private IEnumerable<float> StepsOf(int length)
        => from window in Enumerable.Range(0, Windows)
           let steps = TimeWindow.Of(length, Windows, window)
           select (float)Math.Max(1, steps.End - steps.Start);
}
