using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Hosting;
using Microsoft.ML.Spiking.Kernels;

namespace Microsoft.ML.Spiking.Onnx;

/// <summary>What a layer did on rows, in an ONNX graph.</summary>
/// <param name="Counted">What its neurons' spikes count, [row, step, neuron].</param>
/// <param name="Steps">Time steps.</param>
/// <param name="Row">What is known of the rows.</param>
/// <param name="Shape">What it is.</param>
/// <param name="Readout">How the readout reads them; null where it does not.</param>
internal sealed record OnnxActivity(OnnxTensor Counted, int Steps, OnnxRow Row, LayerShape Shape, Readout? Readout)
{
    private readonly Fading? _fading = Fading.Of(Readout?.TimeConstant, Steps);

    private int Windows => Readout?.Windows ?? 1;

    /// <summary>Whether what is read in a window has come since the row's first step, and not in the window alone.</summary>
    private bool ReadsOn => Readout is { Readings: > 1 };

    private OnnxGraph Graph => Counted.Graph;

    /// <summary>The spike rates of its neurons, [row, window and neuron], and the mean size of each group's over all steps, [row, group].</summary>
    public (OnnxTensor Neurons, OnnxTensor Groups) Rates()
    {
        var (weights, totals, steps) = Row.Length is { } length ? OfLengths(length) : OfAll();
        OnnxTensor sums = Graph.Node("MatMul", [weights, Counted]);   // [row, window, neuron]
        OnnxTensor sizes = Graph.Node("Abs", [Counted.Sum(axis: 1, keep: false) / steps]);
        return ((sums / totals).Reshape(-1, Windows * Shape.Neurons), sizes.Reshape(-1, Shape.Groups, Shape.PerGroup).Mean(axis: 2, keep: false));
    }

    // What a spike counts in each step for each window, [1, window, step]; what that comes to, [window, 1]; and all steps.
    private (OnnxTensor Weights, OnnxTensor Totals, OnnxTensor Steps) OfAll() => (
        Graph.Constant(Ends(Steps).SelectMany(Weights), 1, Windows, Steps), Graph.Constant(Totals(Steps), Windows, 1), Graph.Constant(Steps));

    // The same of rows with lengths of their own, [row, ...]: what depends on a length alone is looked up in tables of all of them.
    private (OnnxTensor Weights, OnnxTensor Totals, OnnxTensor Steps) OfLengths(OnnxTensor length)
    {
        int[] lengths = [.. Enumerable.Range(0, Steps + 1)];
        OnnxTensor place = length.Reshape(-1).As(typeof(long)), step = Graph.Constant(Enumerable.Range(0, Steps).Select(t => (float)t), 1, 1, Steps);
        OnnxTensor start = OfEach(all => Ends(all).Select(window => (float)window.Start)), end = OfEach(all => Ends(all).Select(window => (float)window.End));
        OnnxTensor weights = Graph.Node("And", [!(step < start), step < end]).AsSingle();   // [row, window, step]
        if (_fading is not null)
        {
            OnnxTensor followed = (end - (step + 1)).Clip(0, Steps - 1).As(typeof(long));   // by so many steps of the window
            weights *= Graph.Constant(Enumerable.Range(1, Steps).Select(last => _fading.Weights(last)[0]), Steps).Gather(followed, axis: 0);
        }
        return (weights, OfEach(Totals), Graph.Constant(lengths.Select(all => (float)Math.Max(1, all)), lengths.Length, 1).Gather(place, axis: 0));

        OnnxTensor OfEach(Func<int, IEnumerable<float>> windows)
            => Graph.Constant(lengths.SelectMany(windows), lengths.Length, Windows, 1).Gather(place, axis: 0);
    }

    private float[] Weights((int Start, int End) window)
    {
        var weights = new float[Steps];
        Span<float> counted = weights.AsSpan(window.Start..window.End);
        if (_fading is null) counted.Fill(1);
        else _fading.Weights(counted.Length).CopyTo(counted);
        return weights;
    }

    private IEnumerable<float> Totals(int length)
        => (ReadsOn ? Enumerable.Repeat((Start: 0, End: Steps), Windows) : Ends(length))
            .Select(window => _fading?.Total(window.End - window.Start) ?? Math.Max(1, window.End - window.Start));

    private IEnumerable<(int Start, int End)> Ends(int length) => Enumerable.Range(0, Windows)
        .Select(window => ReadsOn ? (0, TimeWindow.Seen(length, Windows, window)) : TimeWindow.Of(length, Windows, window));
}
