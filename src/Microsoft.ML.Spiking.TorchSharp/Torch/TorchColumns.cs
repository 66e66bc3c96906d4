using Microsoft.ML.Spiking.Descent;
using Microsoft.ML.Spiking.Engines;
using Microsoft.ML.Spiking.Fused;
using Microsoft.ML.Spiking.Kernels;
using Microsoft.ML.Spiking.Native;
using Microsoft.ML.Spiking.Plasticity;
using Microsoft.ML.Spiking.State;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Torch;

/// <summary>
/// Columns as plain tensor operations, on any device. All columns are one matrix, and all steps one product with it; the only loop is over time.
/// </summary>
internal sealed class TorchColumns : TorchLayer
{
    private readonly ColumnLayer _layer;
    private readonly NeuronStep _step;
    private readonly Parameter _weights;
    private readonly Tensor? _seen;
    private readonly Tensor _one, _sign, _share;
    private readonly LifScan? _scan;
    private readonly NormalisedTensors? _normalised;
    private (long Steps, Tensor Values)? _signShare;
    private Tensor? _input, _rates, _gain, _heard, _leaf, _there, _spikes;
    private StepWindows? _windows;
    private LayerTensors? _tensors;
    private NeuronRun? _run;

    /// <param name="layer">The layer.</param>
    /// <param name="weights">[column, neuron, input].</param>
    /// <param name="inputs">Synapses of each neuron: its inputs, once for each delay.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="fields">What each column sees; null where all of it.</param>
    /// <param name="byStep">Whether the neurons take each step by itself even where they need not.</param>
    /// <param name="kernels">What takes all steps in one launch; null where nothing does.</param>
    public TorchColumns(
        ColumnLayer layer, float[] weights, int inputs, Device device, ReceptiveFields? fields, bool byStep = false, FusedKernels? kernels = null)
        : base(layer, device)
    {
        using var scope = NewDisposeScope();
        (_layer, _step) = (layer, NeuronStep.Of(layer.Excitatory));
        int neurons = layer.Neurons;
        _weights = (Parameter)nn.Parameter(weights.Aligned([neurons, inputs], device).t().contiguous(), Learning is not null).DetachFromDisposeScope();
        if (fields is not null)
        {
            bool[] seen = [.. Enumerable.Range(0, inputs * neurons).Select(i => fields.Sees(i % neurons / layer.NeuronsPerColumn, i / neurons))];
            _seen = tensor(seen, [inputs, neurons], device: device).DetachFromDisposeScope();
        }
        _sign = NeuronTensors.SignOf(layer, device).DetachFromDisposeScope();
        _share = _sign.div(((double)layer.NeuronsPerColumn).Rooted()).DetachFromDisposeScope();
        _one = ones(layer.Columns, float32, device).DetachFromDisposeScope();
        if (layer.Normalisation is { } rule) _normalised = new NormalisedTensors(rule, neurons, ofMaps: false, device);
        _scan = byStep ? null : LifScan.Of(layer, Neurons, kernels);
    }

    public override bool HasFiniteWeights => _weights.IsFinite();

    public override IEnumerable<StateArray> State => [.. Neurons.State, .. _normalised?.State ?? []];

    public override Tensor Spikes => _spikes ?? _run!.Spikes;

    public override LayerPass Run(LayerTensors tensors, Tensor input, long steps, Tensor? there = null)
    {
        using var scope = NewDisposeScope();
        Forget();
        if (_layer.HasDelays) input = _layer.Delayed(input, steps);
        long batch = input.shape[^2], columns = _layer.Columns, neurons = _layer.NeuronsPerColumn;
        Tensor heard;
        using (no_grad()) heard = tensors.InterColumnWeights();
        Tensor currents = Currents(input, steps);
        if (_normalised is not null) currents = _normalised.Run(currents, there);
        _run = _scan?.Run(currents, Learning) ?? NeuronLoop.Of(_step, Neurons.Now(), currents, Learning, Heard(tensors, batch));
        if (there is not null)
        {
            // What neurons fire after a row's end counts nowhere.
            _there = there.unsqueeze(2).DetachFromDisposeScope();
            _spikes = _run.Spikes.mul(_there).DetachFromDisposeScope();
        }
        _windows = StepWindows.Of(this, there, steps, batch, input.device);
        Tensor spikes = Spikes.view(steps, batch * columns, neurons);
        Tensor rates = spikes.view(-1, neurons).mv(_share).view(-1, columns);

        // What a spike counts: 1 + Modulation · influence.
        Tensor gain = _one.addmm(rates, heard.t(), 1, (float)_layer.Modulation).view(steps, batch * columns);
        // The gains of a sample's column, one after the other, lie a step apart.
        Tensor gains = gain.as_strided([batch * columns, 1, steps], [1, 1, batch * columns], 0);
        Tensor counted = _windows is null ? gains.bmm(spikes.transpose(0, 1)).view(batch, columns, neurons)
            : (gains * Member()).bmm(spikes.transpose(0, 1)).view(batch, columns, _windows.Count, neurons).transpose(1, 2).contiguous();
        // Autograd goes back from the loss to here, and Backward on.
        _leaf = counted.requires_grad_().DetachFromDisposeScope();
        (_tensors, _input, _rates, _gain, _heard) = (tensors, input.detach().DetachFromDisposeScope(), rates.DetachFromDisposeScope(),
            gain.DetachFromDisposeScope(), heard.DetachFromDisposeScope());
        if (_signShare is not { Steps: var known } || known != steps)
        {
            _signShare?.Values.Dispose();
            _signShare = (steps, _sign.div(((double)steps).Rooted()).DetachFromDisposeScope());
        }
        Tensor allRates = rates.view(steps, batch, columns).MoveToOuterDisposeScope(), counts = _leaf.alias().MoveToOuterDisposeScope();
        return new LayerPass(allRates, counts, _sign, _signShare.Value.Values, heard.alias().MoveToOuterDisposeScope())
        {
            WindowShare = _windows?.Share, RowShare = _windows?.RowShare,
        };
    }

    public override Tensor? Backward(Tensor? above, RatePull? pull = null)
    {
        if (_run is null) return null;
        using var scope = NewDisposeScope();
        Tensor ofCurrents;
        using (no_grad())
        {
            Tensor? ofCounted = OfCounted(_leaf!, pull, _windows, Spikes.shape[0]), ofGain = ofCounted is null ? null : OfGain(ofCounted);
            if (ofGain is not null) AddTo(_tensors!.InterWeights, OfConnections(ofGain));
            if (!Learns) return null;
            Tensor gradient = OfSpikes(ofCounted, ofGain);
            if (above is not null) gradient.add_(above, RootedScalars.One);
            if (_there is not null) gradient.mul_(_there);
            using (enable_grad()) ofCurrents = _run.Backward(gradient);
            if (_normalised is not null) ofCurrents = _normalised.Backward(ofCurrents);
            Tensor input = _input!, found = input.dim() == 2
                ? input.t().matmul(ofCurrents.sum(dim: 0)) : input.flatten(0, 1).t().matmul(ofCurrents.flatten(0, 1));
            if (_seen is not null) found.mul_(_seen);   // what a column does not see keeps its weight, 0
            AddTo(_weights, found);
        }
        return ofCurrents.MoveToOuterDisposeScope();
    }

    public override Tensor ToInput(Tensor ofCurrents)
    {
        using var noGrad = no_grad();
        Tensor received = ofCurrents.matmul(_weights.t());
        return _layer.HasDelays ? _layer.Undelayed(received) : received;
    }

    public override void Forget()
    {
        _run?.Dispose();
        _normalised?.Forget();
        foreach (Tensor? tensor in (Tensor?[])[_input, _rates, _gain, _heard, _leaf, _there, _spikes]) tensor?.Dispose();
        _windows?.Dispose();
        (_run, _tensors, _input, _rates, _gain, _heard, _leaf) = (null, null, null, null, null, null, null);
        (_there, _spikes, _windows) = (null, null, null);
    }

    public override void Train(TensorDescent descent)
    {
        if (Learning is not null) descent.Add(descent.Rule.ColumnWeightFactor, _weights, WeightOrder.ByInput(_layer, (int)_weights.shape[0]));
        Neurons.Train(descent);
        _normalised?.Train(descent);
    }

    public override NeuronInput Learnt() => _normalised?.Fold(InputWeights()) ?? base.Learnt();

    public override float[] InputWeights()
    {
        using var scope = NewDisposeScope();
        return _weights.detach().t().contiguous().cpu().data<float>().ToArray();
    }

    public override void Dispose()
    {
        Forget();
        _normalised?.Dispose();
        _scan?.Dispose();
        foreach (Tensor? tensor in (Tensor?[])[_seen, _weights, _one, _sign, _share, _signShare?.Values]) tensor?.Dispose();
        base.Dispose();
    }

    /// <summary>Which steps count in which window, for each row and column, [batch · column, window, time].</summary>
    private Tensor Member() => _windows!.Member.repeat_interleave(_layer.Columns, dim: 0);

    /// <summary>From the gradient by what was counted to that by what a spike counts, [time · batch, column].</summary>
    private Tensor OfGain(Tensor ofCounted)
    {
        long neurons = _layer.NeuronsPerColumn, steps = Spikes.shape[0];
        if (_windows is not null)
        {
            Tensor ofRows = ofCounted.transpose(1, 2).reshape(-1, _windows.Count, neurons).bmm(Spikes.view(steps, -1, neurons).permute(1, 2, 0));
            return ofRows.mul(Member()).sum(1).t().contiguous().view(-1, _layer.Columns);
        }
        return ofCounted.view(-1, 1, neurons).bmm(Spikes.view(steps, -1, neurons).permute(1, 2, 0)).view(-1, steps).t().contiguous().view(-1, _layer.Columns);
    }

    /// <summary>From the gradient by what a spike counts to that by the connections' weights, [post, pre].</summary>
    private Tensor OfConnections(Tensor ofGain)
    {
        // heard = sigmoid(weight) · topology, whose derivative is heard · (1 - heard).
        Tensor slope = _heard!.addcmul(_heard, _heard, (-1.0).Rooted());
        return _heard.addmm(ofGain.t(), _rates!, 0, (float)_layer.Modulation).mul_(slope);
    }

    /// <summary>The gradient by the spikes, [time, batch, neuron].</summary>
    private Tensor OfSpikes(Tensor? ofCounted, Tensor? ofGain)
    {
        Tensor spikes = Spikes;
        if (ofCounted is null) return zeros_like(spikes);
        long[] each = [spikes.shape[0], spikes.shape[1], _layer.Columns, 1];
        if (_windows is not null)
            ofCounted = _windows.Member.transpose(1, 2).bmm(ofCounted.flatten(2)).transpose(0, 1).reshape(each[0], each[1], each[2], -1);
        return (_gain!.view(each) * ofCounted).addcmul_(ofGain!.mm(_heard!).view(each), _share, _layer.Modulation.Rooted()).view(spikes.shape);
    }

    /// <summary>What the inputs make of the neurons' currents, [time, batch, neuron], in memory of its own.</summary>
    private Tensor Currents(Tensor input, long steps)
    {
        using var noGrad = no_grad();
        Tensor made = input.matmul(_weights);
        return input.dim() == 2 ? made.unsqueeze(0).expand(steps, -1, -1).clone() : made;
    }

    /// <summary>What each neuron receives of the spikes of the step before; null where they do not hear each other.</summary>
    private Func<Tensor, Tensor>? Heard(LayerTensors tensors, long batch)
    {
        if (_layer.Coupling == 0) return tensors.Recurrence is null ? null : tensors.Recurrence.Heard;
        long columns = _layer.Columns, neurons = _layer.NeuronsPerColumn;
        Tensor driven = tensors.InterColumnWeights().t().mul(_layer.Coupling.Rooted());
        return spikes =>
        {
            Tensor drive = spikes.view(-1, neurons).mv(_share).view(batch, columns).matmul(driven).unsqueeze(2).expand(batch, columns, neurons).flatten(1);
            return tensors.Recurrence is null ? drive : tensors.Recurrence.Heard(spikes).add(drive, RootedScalars.One);
        };
    }
}
