using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Hosting;
using Microsoft.ML.Spiking.Scoring;

namespace Microsoft.ML.Spiking.Onnx;

/// <summary>From the feature column to what the first layer is shown, in an ONNX graph.</summary>
/// <param name="model">The network.</param>
/// <param name="time">Its time steps.</param>
internal sealed class OnnxInput(SpikingModel model, OnnxTime time)
{
    private readonly SpikeCode _code = model.Network.ChosenCode;
    private readonly InputShape _shape = model.Input;

    private int Steps => time.Steps;

    /// <param name="column">The feature column.</param>
    /// <param name="order">Where the features stand in it; null where they stand as in training.</param>
    /// <exception cref="NotSupportedException">What the network is shown is drawn.</exception>
    public OnnxStimulus Show(OnnxTensor column, FeatureOrder? order)
    {
        OnnxTensor flat = column.Reshape(-1, _shape.Features);
        if (order is not null) flat = flat.Gather(flat.Graph.Whole([.. order.Places]), axis: 1);
        if (_shape.IsSpikeTrain) return InTime(InSteps(flat.AsSingle()), new OnnxRow(IsMissing: null));
        if (model.Network.EvaluationCode is TrainingCode && _code.IsNoisy)
            throw Trouble.Onnx.NotSupported($"EvaluationCode is TrainingCode, whose {_code.GetType().Name} draws noise for every row, which ONNX cannot repeat"
                + "; export a network that predicts without noise, EvaluationCode = new ExpectedCode().");
        return _shape.Steps is null ? Whole(flat) : Sequence(flat);
    }

    /// <summary>Intensities that are shown as a whole, over all time steps.</summary>
    private OnnxStimulus Whole(OnnxTensor flat)
    {
        var row = new OnnxRow(flat.IsNotFinite().Maximum(axis: 1) > 0);
        OnnxTensor x = Standardise(flat);
        if (_code is LatencyCode latency) return Latency(latency, x, row);
        OnnxTensor held = model.Network.EvaluationCode is DeterministicCode chosen
            ? Largest(Intensity(_code, x), chosen.Fraction, chosen.MinimumProbability, _shape.Inputs)
            : Intensity(_code, x);
        return OnnxStimulus.Held(held, Steps, row);
    }

    /// <summary>A sequence, each time step of which is shown in a time step.</summary>
    private OnnxStimulus Sequence(OnnxTensor flat)
    {
        OnnxGraph graph = flat.Graph;
        OnnxTensor x = InSteps(flat), gap = graph.Node("IsNaN", [x]), count = graph.Constant(Enumerable.Range(1, Steps).Select(step => (float)step), 1, Steps);
        OnnxTensor present = (1 - gap.AsSingle()).Maximum(axis: 2).Reshape(-1, Steps);
        OnnxTensor length = (present * count).Maximum(axis: 1), own = (!(count > length)).AsSingle();
        OnnxTensor faults = (x.IsNotFinite().Maximum(axis: 2).Reshape(-1, Steps) * own).Maximum(axis: 1);
        var row = new OnnxRow(graph.Node("Or", [faults > 0, length < 1]), length, own);

        OnnxTensor known = Standardise(gap.Choose(graph.Constant(0), x).Reshape(-1, _shape.Features));
        if (_code is DeltaCode delta) return Changes(delta, InSteps(known), row);
        SpikeCode code = ((SequenceCode)_code).Step;
        return InTime(InSteps(Intensity(code, known.Reshape(-1, _shape.Features / Steps))), row);
    }

    /// <summary>What a code makes of intensities that are shown in one time step, or in all of them.</summary>
    private OnnxTensor Intensity(SpikeCode code, OnnxTensor x) => code switch
    {
        DirectCode direct => x.Clip(0, 1) * (float)direct.Gain,
        RateCode rate => x.Clip(0, 1) * (float)rate.MaximumProbability,
        SigmoidCode sigmoid => (float)sigmoid.MaximumProbability / (x.Graph.Node("Exp", [x.Graph.Node("Neg", [x * Scale(x.Graph, sigmoid)])]) + 1),
        TopKCode top => Largest(x, top.Fraction, top.MinimumIntensity, _code is SequenceCode ? _shape.Inputs : _shape.Features),
        _ => throw Trouble.Onnx.NotSupported($"{code.GetType().Name} has no form in ONNX."),
    };

    private OnnxTensor Scale(OnnxGraph graph, SigmoidCode code) => _code is SequenceCode || model.InputScale.IsEmpty
        ? graph.Constant((float)code.InputScale)
        : graph.Constant(model.InputScale, model.InputScale.Length);

    /// <summary>1 for the largest numbers of a row, of equals the first, and 0 for the others.</summary>
    private static OnnxTensor Largest(OnnxTensor x, double fraction, double minimum, int inputs)
    {
        OnnxGraph graph = x.Graph;
        var (largest, places) = graph.Pair("TopK", x, graph.Whole(LargestInputs.Count(fraction, inputs)));
        return graph.Node("ScatterElements", [x.Zeros(), places, (largest > (float)minimum).AsSingle()], ("axis", 1L));
    }

    private OnnxStimulus Latency(LatencyCode code, OnnxTensor x, OnnxRow row)
    {
        OnnxGraph graph = x.Graph;
        OnnxTensor step = graph.Node("Round", [(1 - x.Clip(0, 1)) * (Steps - 1)]), shows = x > (float)code.MinimumIntensity;
        OnnxTensor now = graph.Node("Equal", [step.Within(axis: 1), graph.Constant(Enumerable.Range(0, Steps).Select(t => (float)t), 1, Steps, 1)]);
        return InTime(graph.Node("And", [shows.Within(axis: 1), now]).AsSingle(), row);
    }

    /// <summary>Of each input of a sequence two channels: it has risen, and it has fallen.</summary>
    private OnnxStimulus Changes(DeltaCode code, OnnxTensor x, OnnxRow row)
    {
        return InTime(time.Run([x.At(0, axis: 1)], [x], (state, shown) =>
        {
            OnnxTensor last = state[0], now = shown[0], change = now - last, spikes = !(change.Graph.Node("Abs", [change]) < (float)code.Threshold);
            OnnxTensor rise = And(spikes, change > 0), fall = And(spikes, !(change > 0));
            return ([spikes.Choose(now, last)], OnnxTensor.Join(axis: 2, Channel(rise), Channel(fall)).Reshape(-1, _shape.Inputs));
        }), row);

        static OnnxTensor And(OnnxTensor a, OnnxTensor b) => a.Graph.Node("And", [a, b]);

        OnnxTensor Channel(OnnxTensor spikes) => spikes.AsSingle().Reshape(-1, _shape.Inputs / 2, 1);
    }

    private OnnxTensor InSteps(OnnxTensor all) => all.Reshape(-1, Steps, _shape.Features / Steps);

    private OnnxStimulus InTime(OnnxTensor x, OnnxRow row) => OnnxStimulus.InTime(x, Steps, row);

    /// <summary>The features of rows as <see cref="Standardisation"/> has them.</summary>
    private OnnxTensor Standardise(OnnxTensor flat)
    {
        Standardisation scale = model.Standardisation;
        if (scale.IsShared) return (flat - flat.Graph.Constant(scale.Offset, 1)) / flat.Graph.Constant(scale.Unit, 1);
        int inputs = scale.Offset.Length;
        OnnxTensor lines = flat.Reshape(-1, _shape.Features / inputs, inputs);
        return ((lines - flat.Graph.Constant(scale.Offset, inputs)) / flat.Graph.Constant(scale.Unit, inputs)).Reshape(-1, _shape.Features);
    }
}
