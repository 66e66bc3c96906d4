using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Hosting;

namespace Microsoft.ML.Spiking.Onnx;

/// <summary>A layer in an ONNX graph.</summary>
/// <param name="trained">The layer.</param>
/// <param name="read">What it reads.</param>
/// <param name="shape">What it makes of that.</param>
/// <param name="neurons">Its neurons.</param>
/// <param name="firing">Their axes.</param>
internal abstract class OnnxLayer(TrainedLayer trained, LayerInput read, LayerShape shape, OnnxNeurons neurons, params long[] firing)
{
    /// <summary>What it learnt.</summary>
    protected TrainedLayer Trained => trained;

    /// <summary>What it is.</summary>
    protected LayerShape Shape => shape;

    /// <summary>Whether its neurons hear what all of them fired in the step before.</summary>
    protected virtual bool Hears => false;

    /// <param name="graph">The graph.</param>
    /// <param name="trained">The layer.</param>
    /// <param name="read">What it reads.</param>
    /// <param name="shape">What it makes of that.</param>
    public static OnnxLayer Of(OnnxGraph graph, TrainedLayer trained, LayerInput read, LayerShape shape) => trained.Layer switch
    {
        ColumnLayer columns => new OnnxColumns(graph, columns, trained, read, shape),
        ConvolutionLayer maps => new OnnxConvolution(graph, maps, trained, read, shape),
        _ => throw Trouble.Onnx.NotSupported($"{trained.Layer.GetType().Name} has no form in ONNX."),
    };

    /// <summary>Shows it all time steps.</summary>
    /// <returns>What others read of it, [row, step, neuron], 1 for a spike.</returns>
    public OnnxTensor Run(OnnxTime time, OnnxStimulus shown)
    {
        OnnxStimulus arriving = shown.Arriving(trained.Layer.Delays);
        OnnxTensor currents = Current(arriving.Shown.Reshape(-1, (long)read.Count * trained.Layer.Delays.Length)).Reshape([-1, arriving.Count, .. firing]);
        OnnxTensor first = currents.At(0, axis: 1);
        OnnxTensor[] rest = [.. Enumerable.Repeat(first.Zeros(), neurons.States + (Hears ? 1 : 0))];
        OnnxTensor[] inTime = arriving.IsHeld ? [] : [arriving.InSteps(currents)];   // what stays the same is computed once
        if (shown.Row.Own is { } own) inTime = [.. inTime, own.Reshape([-1, time.Steps, .. firing.Select(_ => 1L)])];
        return time.Run(rest, inTime, (state, now) =>
        {
            OnnxTensor current = arriving.IsHeld ? first : now[0];
            if (Hears) current = Heard(current, state[^1]);
            var (left, fire) = neurons.Step(state[..neurons.States], current);
            OnnxTensor fired = fire.AsSingle();
            if (shown.Row.Own is not null) fired *= now[^1];   // nothing, after the row's end
            return (Hears ? [.. left, fired] : left, Read(fired));
        });
    }

    /// <summary>What multiplies the spike rates of its neurons before the readout, [neuron].</summary>
    public float[] RateScale() => [.. trained.RateScale().SelectMany(scale => Enumerable.Repeat(scale, shape.PerGroup))];

    /// <summary>What spikes count for the readout.</summary>
    /// <param name="fired">[row, neuron], of whatever steps.</param>
    public virtual OnnxTensor Counted(OnnxTensor fired) => fired;

    /// <summary>The currents that inputs bring, with the neurons' own.</summary>
    /// <param name="arriving">[row, input], through each delay after the other.</param>
    protected abstract OnnxTensor Current(OnnxTensor arriving);

    /// <summary>The currents with those that neurons bring each other.</summary>
    /// <param name="current">What inputs bring, [row, neuron].</param>
    /// <param name="fired">What fired in the step before, [row, neuron].</param>
    protected virtual OnnxTensor Heard(OnnxTensor current, OnnxTensor fired) => current;

    /// <summary>What others read, [row, neuron], of what fired in a step.</summary>
    protected virtual OnnxTensor Read(OnnxTensor fired) => fired;
}
