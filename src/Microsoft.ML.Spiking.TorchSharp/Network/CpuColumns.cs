using System.Collections.Concurrent;
using TorchSharp;
using static TorchSharp.torch;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace Microsoft.ML.Spiking;

/// <summary>The columns on the CPU: event-driven kernels, and the gradient of the connections between columns worked out by hand.</summary>
internal sealed class CpuColumns : ColumnEngine
{
    private readonly SpikingNetworkOptions _options;
    private readonly ColumnSimulation _columns;
    private readonly TrainingSamples? _samples;
    private readonly int _inputs, _steps;
    private readonly ColumnGradient? _gradient;
    private readonly List<Stimulus> _stimuli = [];
    private SampleEncoder _encoder;
    private readonly List<ColumnActivity> _activities = [];
    private readonly ConcurrentBag<CoupledSimulation> _coupled = [];
    private float[] _accumulated = [];
    private float[] _heard = [];

    /// <param name="options">The network.</param>
    /// <param name="columnWeights">[column, neuron, input].</param>
    /// <param name="inputs">Number of inputs.</param>
    /// <param name="encoder">How rows become spikes.</param>
    /// <param name="samples">The training data; null where only given spikes are run.</param>
    /// <param name="steps">Time steps.</param>
    /// <param name="fields">What each column sees; null where all of it.</param>
    public CpuColumns(SpikingNetworkOptions options, float[] columnWeights, int inputs, SampleEncoder encoder, TrainingSamples? samples, int steps, ReceptiveFields? fields = null)
    {
        (_options, _encoder, _samples, _inputs, _steps) = (options, encoder, samples, inputs, steps);
        _columns = new ColumnSimulation(options, columnWeights, inputs, fields);
        if (options.Learning is Surrogate surrogate)
            _gradient = new ColumnGradient(surrogate, _columns, steps, inputs, fields, encoder.ScaleLearns ? new InputScaleGradient(_columns, inputs) : null);
    }

    public override ColumnPass Run(SpikingNetwork network, ReadOnlySpan<int> rows, CounterRandom random)
    {
        int[] batch = rows.ToArray();
        if (_encoder.ScaleLearns) _encoder = _encoder.With(network.InputScale!.detach().data<float>().ToArray());
        while (_stimuli.Count < batch.Length) _stimuli.Add(new Stimulus(_steps));
        Parallel.For(0, batch.Length, sample => _samples!.Draw(_encoder, batch[sample], random.For((ulong)sample), _stimuli[sample]));
        return Run(network, _stimuli, batch.Length);
    }

    /// <summary>Runs given samples.</summary>
    public ColumnPass Run(SpikingNetwork network, IReadOnlyList<Stimulus> stimuli, int batch)
    {
        int columns = _options.Columns, neurons = columns * _options.NeuronsPerColumn;
        while (_activities.Count < batch) _activities.Add(new ColumnActivity(_columns.Lanes, _steps));
        if (_accumulated.Length != batch * neurons) _accumulated = new float[batch * neurons];
        _gradient?.Expect(stimuli, batch);

        _heard = network.Heard();
        var interWeights = new DenseKernel(_heard, [], columns);
        if (_columns.Coupling == 0) ShowByPanels(stimuli, batch);
        else ShowBySamples(stimuli, batch, interWeights);
        Parallel.For(0, batch, sample => _columns.Accumulate(_activities[sample], interWeights, _accumulated.AsSpan(sample * neurons, neurons)));

        Tensor accumulated = tensor(_accumulated, [batch, columns, _options.NeuronsPerColumn], device: CPU);
        accumulated.requires_grad = true;
        return new ColumnPass(MeanRates(batch), accumulated) { SampleRates = _options.Stdp is { ReadsSamples: true } ? SampleRates(batch) : null };
    }

    /// <summary>∂loss/∂w of the connections, through influence and so through what each spike counts, and of the columns' own weights where they learn.</summary>
    /// <remarks>
    /// ∂loss/∂W[post, pre] = Σ over samples and time of ∂loss/∂influence[t, post] · rate[t, pre], and W = sigmoid(w) · topology. Influence acts as
    /// gain = 1 + modulation · influence, and through the currents of the next step where the columns drive each other (<see cref="CoupledGradient"/>).
    /// </remarks>
    public override void Backward(SpikingNetwork network, ColumnPass pass)
    {
        int columns = _options.Columns, batch = (int)pass.Accumulated.shape[0], neurons = columns * _options.NeuronsPerColumn;
        float[] accumulated = pass.Accumulated.grad!.data<float>().ToArray();
        var influences = new float[batch][];
        Parallel.For(0, batch, sample =>
        {
            float[] gains = influences[sample] = new float[_steps * columns];
            AccumulateKernel.Backward(_columns.Lanes, _activities[sample], accumulated.AsSpan(sample * neurons, neurons), gains);
            TensorPrimitives.Multiply(gains, (float)_options.Modulation, gains);
        });
        _gradient?.Add(_activities, accumulated, influences, HeardBy());
        _gradient?.LeaveInputScale(network);

        var gradient = new float[columns * columns];
        Parallel.For(0, columns, post =>
        {
            Span<float> row = gradient.AsSpan(post * columns, columns);
            for (int sample = 0; sample < batch; sample++)
                for (int step = 0; step < _steps; step++)
                    TensorPrimitives.MultiplyAdd(_activities[sample].Rates.AsSpan(step * columns, columns), influences[sample][step * columns + post], row, row);
        });

        // W of the forward pass: sigmoid' = W · (1 - W) where connected, and W = 0 elsewhere.
        for (int i = 0; i < gradient.Length; i++) gradient[i] *= _heard[i] * (1 - _heard[i]);
        network.InterWeights.grad = tensor(gradient, [columns, columns], device: CPU);
    }

    public override void Train(GradientDescent descent)
    {
        if (_gradient is null) return;
        var weights = new TrainedArray(_columns.Weights.Values, _gradient.Weights.Values) { Order = WeightOrder.Panels(_columns.Lanes, _inputs) };
        descent.Add(_options.Optimiser.ColumnWeightFactor, weights);
    }

    public override float[] ColumnWeights() => _columns.Weights.ToColumnWeights();

    public override void Dispose() { }

    /// <summary>A panel's weights stay in the core's cache while every sample passes over them.</summary>
    private void ShowByPanels(IReadOnlyList<Stimulus> stimuli, int batch) => Parallel.For(0, _columns.Lanes.Panels, panel =>
    {
        for (int sample = 0; sample < batch; sample++)
            _columns.Show(stimuli[sample], panel, _activities[sample], _gradient is null ? default : _gradient.Kept(panel, sample));
    });

    /// <summary>Columns that drive each other take every step together.</summary>
    private void ShowBySamples(IReadOnlyList<Stimulus> stimuli, int batch, DenseKernel interWeights) => Parallel.For(0, batch, sample =>
    {
        if (!_coupled.TryTake(out CoupledSimulation? coupled)) coupled = new CoupledSimulation(_columns, _steps);
        coupled.Show(stimuli[sample], interWeights, _activities[sample], _gradient is null ? default : _gradient.Kept(sample));
        _coupled.Add(coupled);
    });

    /// <summary>From ∂loss/∂influence to ∂loss/∂rate / neurons: what the columns that hear a column make of its rate.</summary>
    private DenseKernel HeardBy()
    {
        int columns = _options.Columns;
        var heardBy = new float[columns * columns];
        for (int post = 0; post < columns; post++)
            for (int pre = 0; pre < columns; pre++) heardBy[pre * columns + post] = _heard[post * columns + pre] / _options.NeuronsPerColumn;
        return new DenseKernel(heardBy, [], columns);
    }

    private Tensor MeanRates(int batch)
    {
        var mean = new float[_steps * _options.Columns];
        for (int sample = 0; sample < batch; sample++)
            TensorPrimitives.Add(mean, _activities[sample].Rates, mean);
        TensorPrimitives.Divide(mean, batch, mean);
        return tensor(mean, [_steps, _options.Columns], device: CPU);
    }

    private Tensor SampleRates(int batch)
    {
        int columns = _options.Columns;
        var rates = new float[_steps * batch * columns];
        for (int sample = 0; sample < batch; sample++)
            for (int step = 0; step < _steps; step++)
                _activities[sample].Rates.AsSpan(step * columns, columns).CopyTo(rates.AsSpan((step * batch + sample) * columns));
        return tensor(rates, [_steps, batch, columns], device: CPU);
    }
}
