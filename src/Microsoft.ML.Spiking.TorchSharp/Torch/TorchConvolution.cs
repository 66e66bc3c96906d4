using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Descent;
using Microsoft.ML.Spiking.Engines;
using Microsoft.ML.Spiking.Images;
using Microsoft.ML.Spiking.Native;
using Microsoft.ML.Spiking.Plasticity;
using Microsoft.ML.Spiking.State;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Microsoft.ML.Spiking.Torch;

/// <summary>
/// A convolution layer on tensors, on any device: all steps are one convolution, and where the input is the same in every step, a step is all of it. What
/// follows is plain tensor operations, or on the CPU a <see cref="MapPass"/>.
/// </summary>
internal sealed class TorchConvolution : TorchLayer
{
    private readonly ConvolutionLayer _layer;
    private readonly LayerShape _shape;
    private readonly ImageShape _image;
    private readonly NeuronStep _step;
    private readonly Parameter _weights;
    private readonly Tensor _sign;
    private readonly LifScan? _scan;
    private readonly NormalisedTensors? _normalised;
    private readonly MapPass? _pass;
    private (long Steps, Tensor Values)? _share;
    private Tensor? _made, _passed, _windows, _leaf, _there;
    private StepWindows? _read;
    private NeuronRun? _run;

    /// <param name="layer">The layer.</param>
    /// <param name="weights">[channel, input channel, kernel row, kernel column].</param>
    /// <param name="read">What it reads.</param>
    /// <param name="shape">What it makes of that.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="byStep">Whether the neurons take each step by itself, on tensors, even where they need not.</param>
    public TorchConvolution(ConvolutionLayer layer, float[] weights, LayerInput read, LayerShape shape, Device device, bool byStep) : base(layer, device)
    {
        using var scope = NewDisposeScope();
        (_layer, _shape, _image, _step) = (layer, shape, read.Map!.Value, NeuronStep.Of(layer.Neuron));
        Tensor placed = weights.Aligned([.. layer.WeightShape(shape).Select(length => (long)length)], device);
        _weights = (Parameter)nn.Parameter(placed, Learning is not null).DetachFromDisposeScope();
        _sign = ones(1, float32, device).DetachFromDisposeScope();
        if (layer.Normalisation is { } rule) _normalised = new NormalisedTensors(rule, layer.Channels, ofMaps: true, device);
        _scan = byStep ? null : LifScan.Of(layer, Neurons);
        _pass = byStep ? null : MapPass.Of(layer, _image, shape, _normalised, device);
    }

    /// <summary>The weights, [channel, input channel, kernel row, kernel column].</summary>
    public Parameter Weights => _weights;

    /// <summary>The gradients that the last way back left.</summary>
    public IEnumerable<Tensor> Gradients => [_weights.grad!, .. _normalised?.Gradients ?? []];

    public override bool HasFiniteWeights => _weights.IsFinite();

    public override IEnumerable<StateArray> State => [.. base.State, .. _normalised?.State ?? []];

    public override Tensor Spikes => _passed!;

    private long[] Padding => [_layer.KernelHeight / 2, _layer.KernelWidth / 2];

    public override LayerPass Run(LayerTensors tensors, Tensor input, long steps, Tensor? there = null)
    {
        using var scope = NewDisposeScope();
        Forget();
        if (_layer.HasDelays) input = _layer.Delayed(input, steps);
        bool held = input.dim() == 2;
        long batch = input.shape[^2], channels = _layer.Channels;
        // Of the convolution autograd finds the weights' gradient; the input's, ToInput.
        _made = conv2d(Maps(input.detach()), _weights, padding: Padding).DetachFromDisposeScope();
        if (there is null && _pass is { } pass && MapPass.Takes(_made, steps))
            _passed = pass.Run(_made.detach(), (int)steps, (int)batch).DetachFromDisposeScope();
        else
            Fire(_made.detach().view(held ? 1 : steps, batch, channels, -1), steps, there);
        Tensor byChannel = _passed!.view(steps, batch, channels, -1);
        // Autograd goes back from the loss to here, and Backward on.
        _read = StepWindows.Of(this, there, steps, batch, input.device);
        Tensor counted = _read is null ? byChannel.sum(dim: 0)
            : _read.Member.matmul(_passed.transpose(0, 1)).view(batch, _read.Count, channels, -1);
        _leaf = counted.requires_grad_().DetachFromDisposeScope();
        if (_share is not { Steps: var known } || known != steps)
        {
            _share?.Values.Dispose();
            _share = (steps, _sign.div(((double)steps).Rooted()).DetachFromDisposeScope());
        }
        return new LayerPass(byChannel.mean([3]).MoveToOuterDisposeScope(), _leaf.alias().MoveToOuterDisposeScope(), _sign, _share.Value.Values)
        {
            WindowShare = _read?.Share, RowShare = _read?.RowShare,
        };
    }

    public override Tensor? Backward(Tensor? above, RatePull? pull = null)
    {
        if (_passed is null || !Learns) return null;
        using var scope = NewDisposeScope();
        Tensor ofPassed;
        using (no_grad()) ofPassed = OfPassed(above, pull).contiguous();
        Tensor ofCurrents = _run is null ? _pass!.Backward(_made!.detach(), ofPassed) : OfCurrents(_run, ofPassed);
        _made!.backward([ofCurrents.view(_made.shape)]);
        return ofCurrents.MoveToOuterDisposeScope();
    }

    public override Tensor ToInput(Tensor ofCurrents)
    {
        using var noGrad = no_grad();
        Tensor maps = conv_transpose2d(ofCurrents.view(-1, _layer.Channels, _image.Height, _image.Width), _weights, padding: Padding);
        long copies = _layer.Delays.Length;
        if (_image.Unit > 1) maps = maps.view(-1, copies, _image.Unit, _image.Height, _image.Width).permute(0, 1, 3, 4, 2).contiguous();
        Tensor received = maps.view([.. ofCurrents.shape[..^1], -1]);
        return _layer.HasDelays ? _layer.Undelayed(received) : received;
    }

    public override void Forget()
    {
        _run?.Dispose();
        _normalised?.Forget();
        _read?.Dispose();
        foreach (Tensor? tensor in (Tensor?[])[_made, _passed, _windows, _leaf, _there]) tensor?.Dispose();
        (_run, _read, _made, _passed, _windows, _leaf, _there) = (null, null, null, null, null, null, null);
    }

    public override void Train(TensorDescent descent)
    {
        if (Learns) descent.Add(descent.Rule.ColumnWeightFactor, _weights);
        Neurons.Train(descent);
        _normalised?.Train(descent);
    }

    public override NeuronInput Learnt() => _normalised?.Fold(InputWeights()) ?? base.Learnt();

    public override float[] InputWeights() => _weights.ToArray();

    public override void Dispose()
    {
        Forget();
        _scan?.Dispose();
        _normalised?.Dispose();
        foreach (Tensor? tensor in (Tensor?[])[_weights, _sign, _share?.Values]) tensor?.Dispose();
        base.Dispose();
    }

    /// <summary>Runs the neurons, and pools what they fire.</summary>
    /// <param name="currents">As the convolution makes them, [time, batch, channel, place], or of one step where they are held.</param>
    /// <param name="steps">Time steps.</param>
    /// <param name="there">1 where a row is there, 0 after its end, [time, batch]; null where all rows have all steps.</param>
    private void Fire(Tensor currents, long steps, Tensor? there)
    {
        bool held = currents.shape[0] != steps;
        long batch = currents.shape[1];
        // Of a held input the steps are as many copies of one, and its mean and variance are theirs.
        if (_normalised is not null) currents = _normalised.Run(currents, there);
        currents = currents.flatten(2);
        if (held) currents = currents.expand(steps, -1, -1).clone();
        _run = _scan?.Run(currents, Learning) ?? NeuronLoop.Of(_step, Neurons.Now(), currents, Learning, heard: null);
        using var noGrad = no_grad();
        var (passed, windows) = max_pool2d_with_indices(_run.Spikes.view(-1, _layer.Channels, _image.Height, _image.Width),
            [_layer.PoolingHeight, _layer.PoolingWidth], ceil_mode: true);
        passed = passed.view(steps, batch, -1);
        if (there is not null)
        {
            // What neurons fire after a row's end counts nowhere.
            _there = there.unsqueeze(2).DetachFromDisposeScope();
            passed = passed.mul(_there);
        }
        (_passed, _windows) = (passed.DetachFromDisposeScope(), windows.DetachFromDisposeScope());
    }

    /// <summary>From the gradient by what is passed on to that by what the convolution made, [time, batch, neuron], of one step where that is held.</summary>
    private Tensor OfCurrents(NeuronRun run, Tensor ofPassed)
    {
        using var noGrad = no_grad();
        // A window's gradient is that of its first neuron of those that fired, or of all where none did.
        Tensor fired = run.Spikes, ofCurrents;
        if (_there is not null) ofPassed = ofPassed.mul(_there);
        Tensor ofFired = zeros([_windows!.shape[0] * _layer.Channels, _image.Height * _image.Width], float32, fired.device)
            .scatter_(1, _windows.flatten(2).flatten(0, 1), ofPassed.view(_windows.shape[0] * _layer.Channels, -1)).view(fired.shape);
        using (enable_grad()) ofCurrents = run.Backward(ofFired);
        if (_made!.shape[0] != ofCurrents.shape[0] * ofCurrents.shape[1]) ofCurrents = ofCurrents.sum(0, keepdim: true);   // it was held
        return _normalised is null ? ofCurrents
            : _normalised.Backward(ofCurrents.view(ofCurrents.shape[0], ofCurrents.shape[1], _layer.Channels, -1)).flatten(2);
    }

    /// <summary>What comes in as maps, [step · batch, channel, row, column].</summary>
    private Tensor Maps(Tensor input)
    {
        if (_image.Unit == 1) return input.view(-1, _layer.Delays.Length * _image.Planes, _image.Height, _image.Width);
        Tensor units = input.view(-1, _layer.Delays.Length, _image.Height, _image.Width, _image.Unit);
        return units.permute(0, 1, 4, 2, 3).flatten(1, 2).contiguous();
    }

    /// <summary>The gradient by what is passed on, [time, batch, neuron].</summary>
    private Tensor OfPassed(Tensor? above, RatePull? pull)
    {
        Tensor passed = _passed!;
        if (OfCounted(_leaf!, pull, _read, passed.shape[0]) is not { } counted) return above ?? zeros_like(passed);
        // Each step that counted in a window has the window's gradient.
        Tensor each = _read is null ? counted.view(1, passed.shape[1], passed.shape[2]).expand(passed.shape)
            : _read.Member.transpose(1, 2).matmul(counted.view(passed.shape[1], _read.Count, passed.shape[2])).transpose(0, 1);
        return above is null ? each : above.add(each, RootedScalars.One);
    }
}
