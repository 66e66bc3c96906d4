using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Descent;
using Microsoft.ML.Spiking.Engines;
using Microsoft.ML.Spiking.Kernels;
using Microsoft.ML.Spiking.State;

namespace Microsoft.ML.Spiking.Managed;

/// <summary>A layer of columns on the CPU: event-driven kernels, and the gradient of the connections between columns worked out by hand.</summary>
internal sealed class CpuColumns : CpuLayer
{
    private readonly ColumnLayer _layer;
    private readonly ColumnSimulation _columns;
    private readonly int _inputs, _steps, _windows;
    private readonly ColumnGradient? _gradient;
    private readonly NormalisedCurrents? _normalised;
    private readonly LearningNeurons? _neurons;
    private readonly List<ColumnActivity> _activities = [];
    private readonly List<Stimulus> _spikes = [], _received = [];
    private readonly DelayLine? _delays;
    private readonly ConcurrentBag<CoupledSimulation> _coupled = [];
    private readonly Fading? _fading;
    private NeuronSums _accumulated = NeuronSums.BySample(0, 0, 0), _backwards = NeuronSums.BySample(0, 0, 0);
    private NeuronSums? _counted, _ofCounted;
    private float[] _heard = [];

    /// <param name="layer">The layer.</param>
    /// <param name="weights">[column, neuron, input].</param>
    /// <param name="inputs">Synapses of each neuron.</param>
    /// <param name="steps">Time steps.</param>
    /// <param name="fields">What each column sees; null where all of it.</param>
    /// <param name="scaleLearns">Whether the loss's gradient goes on to the scale of the inputs.</param>
    /// <param name="follows">Whether it reads the spikes of another layer.</param>
    /// <param name="windows">Windows that its spikes are summed in.</param>
    /// <param name="timeConstant">The time constant of a readout that forgets; null where its spikes count alike.</param>
    public CpuColumns(ColumnLayer layer, float[] weights, int inputs, int steps, ReceptiveFields? fields, bool scaleLearns, bool follows, int windows,
        double? timeConstant)
    {
        (_layer, _inputs, _steps, _windows) = (layer, inputs, steps, windows);
        _fading = Fading.Of(timeConstant, steps);
        _columns = new ColumnSimulation(layer, weights, inputs, fields, constantsLearn: layer.LearnsNeurons);
        _delays = _columns.Delays(steps);
        if (layer.Learning is not Surrogate surrogate) return;
        InputScaleGradient? scale = scaleLearns ? new InputScaleGradient(_columns, inputs) : null;
        if (layer.Normalisation is { } rule) _normalised = new NormalisedCurrents(rule, _columns, steps);
        _neurons = LearningNeurons.Of(layer, _columns.Lanes);
        _gradient = new ColumnGradient(surrogate, _columns, steps, inputs, fields, scale)
        {
            LeavesCurrents = follows, Delays = _delays, Normalised = _normalised, Neurons = _neurons,
        };
    }

    private CpuColumns(CpuColumns of)
    {
        (_layer, _columns, _inputs, _steps, _windows) = (of._layer, of._columns, of._inputs, of._steps, of._windows);
        (_fading, _delays, _normalised, _neurons) = (of._fading, of._delays, of._normalised?.Twin(), of._neurons?.Twin());
        _gradient = of._gradient?.Twin(_normalised, _neurons);
    }

    public override bool Learns => _gradient is not null;

    public override float[][] Measured => _normalised?.Measured ?? [];

    public override IEnumerable<StateArray> State => [.. _neurons?.State ?? [], .. _normalised?.State ?? []];

    public override LayerActivity Run(LayerArrays layer, IReadOnlyList<Stimulus> stimuli, int batch)
    {
        int columns = _layer.Columns;
        while (_activities.Count < batch) _activities.Add(new ColumnActivity(_columns.Lanes, _steps, _windows, _fading));
        for (int sample = 0; sample < batch; sample++) _activities[sample].Length = stimuli[sample].Length;
        if (_accumulated.Batch != batch)
        {
            _accumulated = NeuronSums.BySample(batch, columns, _layer.NeuronsPerColumn, _windows);
            _backwards = _accumulated.Alike();
            if (_fading is not null)
            {
                _counted = NeuronSums.BySample(batch, columns, _layer.NeuronsPerColumn);
                _ofCounted = _counted.Alike();
            }
        }
        if (_delays is not null) stimuli = Received(stimuli, batch);
        _gradient?.Expect(stimuli, batch);
        _normalised?.Expect(stimuli, batch);
        _neurons?.Expect(batch);

        _heard = layer.Heard();
        var interWeights = new DenseKernel(_heard, [], columns);
        if (_layer.StepsTogether)
        {
            if (_normalised is not null) Parallel.For(0, _columns.Lanes.Panels, panel => _normalised.Measure(panel, stimuli));
            ShowBySamples(stimuli, batch, interWeights, layer.Recurrence?.Weights);
        }
        else if (_normalised is not null)
        {
            Parallel.For(0, _columns.Lanes.Panels, panel => _normalised.Show(panel, stimuli, _activities, _gradient!));
        }
        else
        {
            ShowByPanels(stimuli, batch);
        }
        Parallel.For(0, batch, sample =>
        {
            _columns.Accumulate(_activities[sample], interWeights, _accumulated.Sample(sample), _counted is null ? default : _counted.Sample(sample));
            if (_gradient is not null && stimuli[sample] is { IsConstant: false, Train: { IsGraded: false } spikes }) spikes.Bundle();
        });
        return new LayerActivity(MeanRates(batch), _accumulated, _backwards)
        {
            Steps = OwnSteps(batch),
            Counted = _counted,
            CountedGradient = _ofCounted,
            SampleRates = _layer.Plasticity is { ReadsSamples: true } ? SampleRates(batch) : null,
        };
    }

    public override void Remember(ReadOnlySpan<float[]> measured) => _normalised?.Remember(measured);

    public override CpuLayer Twin() => new CpuColumns(this);

    public override IReadOnlyList<Stimulus> Spikes(int batch)
    {
        while (_spikes.Count < batch) _spikes.Add(new Stimulus(_steps));
        Parallel.For(0, batch, sample => _activities[sample].CopyTo(_spikes[sample]));
        return _spikes;
    }

    /// <summary>
    /// ∂loss/∂w of the connections, through influence and so through what each spike counts, and of the columns' own weights where they learn.
    /// </summary>
    /// <remarks>
    /// ∂loss/∂W[post, pre] = Σ over samples and time of ∂loss/∂influence[t, post] · rate[t, pre], and W = sigmoid(w) · topology. Influence acts as
    /// gain = 1 + modulation · influence, and through the currents of the next step where the columns drive each other (<see cref="CoupledGradient"/>).
    /// </remarks>
    public override void Backward(LayerArrays layer, LayerActivity activity, CpuLayer? next)
    {
        int columns = _layer.Columns, batch = activity.Gradient.Batch;
        var influences = new float[batch][];
        Parallel.For(0, batch, sample =>
        {
            float[] gains = influences[sample] = new float[_steps * columns];
            ReadOnlySpan<float> ofCounted = activity.CountedGradient is { } counted ? counted.Sample(sample) : default;
            AccumulateKernel.Backward(_columns.Lanes, _activities[sample], activity.Gradient.Sample(sample), ofCounted, gains);
            Elementwise.Multiply(gains, (float)_layer.Modulation, gains);
        });
        if (_gradient is not null && next is { Learns: true }) _gradient.Follow(next, batch);
        _gradient?.Add(_activities, activity.Gradient, activity.CountedGradient, influences, HeardBy(), layer.Recurrence);
        _neurons?.LeaveGradients();

        AlignedFloats gradient = layer.InterWeights.Gradient;
        Parallel.For(0, columns, post => AddConnections(influences, post, gradient.Span.Slice(post * columns, columns)));

        // W of the forward pass: sigmoid' = W · (1 - W) where connected, and W = 0 elsewhere.
        for (int i = 0; i < gradient.Length; i++) gradient.Span[i] *= _heard[i] * (1 - _heard[i]);
    }

    /// <summary>Adds Σ over samples and time of ∂loss/∂influence[t, post] · rate[t, pre] to the gradient of the connections to a column, [pre].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddConnections(float[][] influences, int post, Span<float> gradient)
    {
        for (int sample = 0; sample < influences.Length; sample++)
            for (int step = 0, at = 0; step < _steps; step++, at += gradient.Length)
                Elementwise.AddProduct(_activities[sample].Rates.AsSpan(at, gradient.Length), influences[sample][at + post], gradient);
    }

    public override void OfInputs(int first, Span<float> gradient) => _gradient!.OfInputs(first, gradient);

    public override void LeaveInputScale(NetworkArrays network) => _gradient?.LeaveInputScale(network);

    public override void Train(GradientDescent descent)
    {
        if (_gradient is null) return;
        var weights = new TrainedArray([_columns.Weights.Values.Length], _columns.Weights.Values, _gradient.Weights.Values)
        {
            Order = WeightOrder.Panels(_columns.Lanes, _inputs),
        };
        descent.Add(descent.Rule.ColumnWeightFactor, weights);
        _neurons?.Train(descent);
        _normalised?.Train(descent);
    }

    public override float[] InputWeights() => _columns.Weights.ToColumnWeights();

    public override Layer? Now() => _neurons?.Learnt();

    public override NeuronInput Learnt() => _normalised?.Fold(InputWeights()) ?? new NeuronInput(InputWeights(), []);

    /// <summary>What arrives through the synapses, where they have delays.</summary>
    private List<Stimulus> Received(IReadOnlyList<Stimulus> shown, int batch)
    {
        while (_received.Count < batch) _received.Add(new Stimulus(_steps));
        Parallel.For(0, batch, sample => _delays!.Delay(shown[sample], _received[sample]));
        return _received;
    }

    /// <summary>A panel's weights stay in the core's cache while every sample passes over them.</summary>
    private void ShowByPanels(IReadOnlyList<Stimulus> stimuli, int batch) => Parallel.For(0, _columns.Lanes.Panels, panel =>
    {
        for (int sample = 0; sample < batch; sample++)
            _columns.Show(stimuli[sample], panel, _activities[sample], _gradient is null ? default : _gradient.Kept(panel, sample));
    });

    /// <summary>Neurons that hear each other take every step together.</summary>
    private void ShowBySamples(IReadOnlyList<Stimulus> stimuli, int batch, DenseKernel interWeights, RecurrentWeights? between)
        => Parallel.For(0, batch, sample =>
        {
            if (!_coupled.TryTake(out CoupledSimulation? coupled)) coupled = new CoupledSimulation(_columns, _steps, between);
            Span<float> kept = _gradient is null ? default : _gradient.Kept(sample);
            if (_normalised is null)
            {
                coupled.Show(stimuli[sample], interWeights, _activities[sample], kept);
            }
            else
            {
                for (int panel = 0; panel < _columns.Lanes.Panels; panel++) _normalised.Currents(panel, sample, coupled.Currents(panel));
                coupled.Run(_normalised.AreConstant, interWeights, _activities[sample], kept);
            }
            _coupled.Add(coupled);
        });

    /// <summary>From ∂loss/∂influence to ∂loss/∂rate / neurons: what the columns that hear a column make of its rate.</summary>
    private DenseKernel HeardBy()
    {
        int columns = _layer.Columns;
        var heardBy = new float[columns * columns];
        for (int post = 0; post < columns; post++)
            for (int pre = 0; pre < columns; pre++) heardBy[pre * columns + post] = _heard[post * columns + pre] / _layer.NeuronsPerColumn;
        return new DenseKernel(heardBy, [], columns);
    }

    private (float[] Windows, int[] Samples)? OwnSteps(int batch)
    {
        if (_windows == 1 && _fading is null && _activities.Take(batch).All(activity => activity.Length == _steps)) return null;
        float[] windows = [.. Enumerable.Range(0, batch * _windows).Select(i => _activities[i / _windows].StepsOf(i % _windows))];
        return (windows, [.. _activities.Take(batch).Select(activity => activity.Length)]);
    }

    private float[] MeanRates(int batch)
    {
        var mean = new float[_steps * _layer.Columns];
        for (int sample = 0; sample < batch; sample++)
            Elementwise.Add(_activities[sample].Rates, mean);
        Elementwise.DivideMultiply(mean, batch, 1, mean);
        return mean;
    }

    private float[] SampleRates(int batch)
    {
        int columns = _layer.Columns;
        var rates = new float[_steps * batch * columns];
        for (int sample = 0; sample < batch; sample++)
            for (int step = 0; step < _steps; step++)
                _activities[sample].Rates.AsSpan(step * columns, columns).CopyTo(rates.AsSpan((step * batch + sample) * columns));
        return rates;
    }
}
