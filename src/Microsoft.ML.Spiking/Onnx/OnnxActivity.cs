using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Hosting;
using Microsoft.ML.Spiking.Kernels;

namespace Microsoft.ML.Spiking.Onnx;

/// <summary>What a layer did on rows, in an ONNX graph.</summary>
/// <param name="Spikes">What a layer that follows is shown.</param>
/// <param name="Counted">What its neurons' spikes count in each time step, [row, neuron].</param>
/// <param name="Shape">What it is.</param>
/// <param name="Readout">How the readout reads them; null where it does not.</param>
internal sealed record OnnxActivity(OnnxStimulus Spikes, OnnxTensor[] Counted, LayerShape Shape, Readout? Readout)
{
    private readonly Fading? _fading = Fading.Of(Readout?.TimeConstant, Counted.Length);

    private int Steps => Counted.Length;

    private int Windows => Readout?.Windows ?? 1;

    /// <summary>Whether what is read in a window has come since the row's first step, and not in the window alone.</summary>
    private bool ReadsOn => Readout is { Readings: > 1 };

    private OnnxGraph Graph => Counted[0].Graph;

    /// <summary>The spike rates of its neurons, [row, window and neuron], and the mean size of each group's over all steps, [row, group].</summary>
    public (OnnxTensor Neurons, OnnxTensor Groups) Rates()
    {
        OnnxTensor inTime = OnnxTensor.Join(axis: 1, [.. Counted.Select(step => step.Reshape(-1, 1, Shape.Neurons))]);
        var (weights, totals, steps) = Spikes.Row.Length is { } length ? OfLengths(length) : OfAll();
        OnnxTensor sums = Graph.Node("MatMul", [weights, inTime]);   // [row, window, neuron]
        OnnxTensor sizes = Graph.Node("Abs", [inTime.Sum(axis: 1, keep: false) / steps]);
        return ((sums / totals).Reshape(-1, Windows * Shape.Neurons), sizes.Reshape(-1, Shape.Groups, Shape.PerGroup).Mean(axis: 2, keep: false));
    }

    // What a spike counts in each step for each window, [1, window, step]; what that comes to, [window, 1]; and all steps.
    private (OnnxTensor Weights, OnnxTensor Totals, OnnxTensor Steps) OfAll() => (
        Graph.Constant(Weights(Steps), 1, Windows, Steps), Graph.Constant(Totals(Steps), Windows, 1), Graph.Constant(Steps));

    // The same of rows with lengths of their own, [row, ...]: looked up in tables of all lengths.
    private (OnnxTensor Weights, OnnxTensor Totals, OnnxTensor Steps) OfLengths(OnnxTensor length)
    {
        int[] lengths = [.. Enumerable.Range(0, Steps + 1)];
        return (
            Graph.Constant(lengths.SelectMany(Weights), lengths.Length, Windows, Steps).Gather(length, axis: 0),
            Graph.Constant(lengths.SelectMany(Totals), lengths.Length, Windows, 1).Gather(length, axis: 0),
            Graph.Constant(lengths.Select(all => (float)Math.Max(1, all)), lengths.Length, 1).Gather(length, axis: 0));
    }

    private IEnumerable<float> Weights(int length) => Enumerable.Range(0, Windows).SelectMany(window =>
    {
        var weights = new float[Steps];
        var (start, end) = ReadsOn ? (0, TimeWindow.Seen(length, Windows, window)) : TimeWindow.Of(length, Windows, window);
        if (_fading is null) weights.AsSpan(start..end).Fill(1);
        else _fading.Weights(end - start).CopyTo(weights.AsSpan(start));
        return weights;
    });

    private IEnumerable<float> Totals(int length) => Enumerable.Range(0, Windows).Select(window =>
    {
        var (start, end) = ReadsOn ? (0, Steps) : TimeWindow.Of(length, Windows, window);
        return _fading?.Total(end - start) ?? Math.Max(1, end - start);
    });
}
