using Microsoft.ML.Spiking.Native;
using Microsoft.ML.Spiking.State;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Plasticity;

/// <summary>What plasticity remembers from batch to batch; C columns, on the training device, changed in place.</summary>
internal sealed class PlasticityState : IDisposable
{
    private readonly Dictionary<object, Tensor> _constants = [];
    private readonly DeviceNumbers _numbers;

    public PlasticityState(int columns, double initialRate, Device device)
    {
        Potential = zeros(columns, columns, float32, device).DetachFromDisposeScope();
        Usage = zeros(columns, columns, float32, device).DetachFromDisposeScope();
        Traces = zeros(2, columns, float32, device).DetachFromDisposeScope();
        (PreTrace, PostTrace) = (Traces[0].DetachFromDisposeScope(), Traces[1].DetachFromDisposeScope());
        AverageRate = tensor([.. Enumerable.Repeat((float)initialRate, columns)], device: device).DetachFromDisposeScope();
        Age = new int[columns * columns];
        Motion = new WeightMotion(device);
        _numbers = new DeviceNumbers(device);
        TargetRate = tensor((float)initialRate, device: device).DetachFromDisposeScope();
    }

    /// <summary>Running co-activity of post and pre, [post, pre].</summary>
    public Tensor Potential { get; }

    /// <summary>Running usage of the connections, [post, pre].</summary>
    public Tensor Usage { get; }

    /// <summary>Structural updates that each connection has seen since it formed, [post, pre], on the host.</summary>
    public int[] Age { get; }

    /// <summary>Who moved the connections' weights.</summary>
    public WeightMotion Motion { get; }

    /// <summary>Presynaptic and postsynaptic trace, [2, C].</summary>
    public Tensor Traces { get; }

    /// <summary>Presynaptic trace, [C].</summary>
    public Tensor PreTrace { get; }

    /// <summary>Postsynaptic trace, [C].</summary>
    public Tensor PostTrace { get; }

    /// <summary>Running mean of the columns' rates, [C].</summary>
    public Tensor AverageRate { get; }

    /// <summary>The rate that homeostasis aims at, a scalar.</summary>
    public Tensor TargetRate { get; }

    /// <summary>All of it, for a checkpoint.</summary>
    public IEnumerable<StateArray> State =>
    [
        Potential.As("plasticity.potential"), Usage.As("plasticity.usage"),
        PreTrace.As("plasticity.pre_trace"), PostTrace.As("plasticity.post_trace"),
        AverageRate.As("plasticity.average_rate"), TargetRate.As("plasticity.target_rate"),
        StateArray.Of("plasticity.age", Age),
        .. Motion.State,
    ];

    /// <inheritdoc cref="DeviceNumbers.Of"/>
    public Tensor Number(double value) => _numbers.Of(value);

    /// <summary>A constant of a rule on the device, made once.</summary>
    /// <param name="key">What it depends on.</param>
    /// <param name="make">Makes it.</param>
    public Tensor Constant(object key, Func<Tensor> make)
    {
        if (_constants.TryGetValue(key, out Tensor? known)) return known;
        using var scope = NewDisposeScope();
        return _constants[key] = make().DetachFromDisposeScope();
    }

    /// <summary>Gives the connections the weights that STDP has made of theirs, and reckons how far it has moved them.</summary>
    /// <param name="interWeights">The connections' weights, [post, pre]; changed in place.</param>
    /// <param name="learnt">What they are to be, [post, pre].</param>
    /// <param name="topology">1 where connected, [post, pre].</param>
    public void Move(Tensor interWeights, Tensor learnt, Tensor topology)
    {
        Motion.AddStdp(learnt - interWeights, topology);
        interWeights.copy_(learnt);
    }

    public void Dispose()
    {
        foreach (Tensor constant in _constants.Values) constant.Dispose();
        foreach (Tensor tensor in (Tensor[])[Potential, Usage, Traces, PreTrace, PostTrace, AverageRate, TargetRate]) tensor.Dispose();
        Motion.Dispose();
        _numbers.Dispose();
    }
}
