using System.Numerics.Tensors;

namespace Microsoft.ML.Spiking;

/// <summary>Shows a trained network one sample at a time and writes down every spike and membrane: for rasters, traces, animations and counts of what a prediction costs.</summary>
/// <remarks>Thread-safe. Predicts as the pipeline does, in the code of <see cref="SpikingNetworkOptions.Evaluation"/>; slower than it, since nothing is thrown away.</remarks>
public sealed class SpikeRecorder
{
    private readonly SpikingModel _model;
    private readonly SpikingScorer _scorer;
    private readonly ColumnSimulation _columns;
    private readonly DenseKernel _interWeights;
    private readonly SampleEncoder _encoder;

    /// <param name="model">The network, of <see cref="SpikingNetworkTransformer.Model"/>.</param>
    public SpikeRecorder(SpikingModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        _scorer = new SpikingScorer(model);
        _columns = new ColumnSimulation(model.Options, model.ColumnWeights.AsSpan(), model.Input.Inputs, ReceptiveFields.Of(model.Options, model.Input));
        _interWeights = new DenseKernel(model.InterColumnWeights(), [], model.Options.Columns);
        _encoder = new SampleEncoder(model.Options, model.Standardisation, model.InputScale.AsMemory());
    }

    private int Steps => _model.Input.Steps ?? _model.Options.TimeSteps;

    /// <summary>Records what the network does with intensities.</summary>
    /// <param name="features">One row of the feature column, flat: [features].</param>
    /// <exception cref="ArgumentException">The row is of another size, holds what is no finite number, or the network reads spike trains.</exception>
    public SpikeRecording Record(ReadOnlySpan<float> features)
    {
        if (_model.Input.IsSpikeTrain) throw new ArgumentException(Trouble.Row.Says("The network reads spike trains, but intensities came; give Record the train as booleans, [time, inputs]."), nameof(features));
        CheckSize(features.Length);
        foreach (float x in features)
            if (!float.IsFinite(x)) throw new ArgumentException(Trouble.Row.Says($"A feature is {x}, but only finite numbers can be shown; leave the row out or fill the gap."), nameof(features));
        var stimulus = new Stimulus(Steps);
        _encoder.Evaluate(features.ToArray(), stimulus);
        return Record(stimulus, new IntensityBatch(features.ToArray(), features.Length));
    }

    /// <summary>Records what the network does with a spike train.</summary>
    /// <param name="spikes">One row of the feature column, flat: [time, inputs].</param>
    /// <exception cref="ArgumentException">The row is of another size, or the network reads intensities.</exception>
    public SpikeRecording Record(ReadOnlySpan<bool> spikes)
    {
        if (!_model.Input.IsSpikeTrain) throw new ArgumentException(Trouble.Row.Says("The network reads intensities, but a spike train came; give Record the features as numbers."), nameof(spikes));
        CheckSize(spikes.Length);
        var stimulus = new Stimulus(Steps);
        SpikeTrain train = stimulus.Fire();
        for (int step = 0, at = 0; step < Steps; step++, train.NextStep())
            for (int input = 0; input < _model.Input.Inputs; input++, at++)
                if (spikes[at]) train.Add(input);
        return Record(stimulus, new SpikeTrainBatch([stimulus]));
    }

    private SpikeRecording Record(Stimulus stimulus, SampleBatch row)
    {
        var activity = new ColumnActivity(_columns.Lanes, Steps);
        var membranes = new AlignedFloats(_columns.Lanes.Panels * Steps * Lanes.Panel);
        if (_columns.Coupling == 0)
        {
            for (int panel = 0, size = Steps * Lanes.Panel; panel < _columns.Lanes.Panels; panel++)
                _columns.Show(stimulus, panel, activity, membranes.Span.Slice(panel * size, size));
        }
        else
        {
            new CoupledSimulation(_columns, Steps).Show(stimulus, _interWeights, activity, membranes.Span);
        }

        float[] scores = new float[_model.Classes], rates = new float[_model.Options.Columns];
        _scorer.Run(row, rows: 1, scores, rates);
        TensorPrimitives.SoftMax(scores, scores);
        return new SpikeRecording(_model, _columns.Lanes, Inputs(stimulus), activity, membranes, scores, rates);
    }

    /// <summary>The inputs that are on in each step; once, where they are held.</summary>
    private static int[][] Inputs(Stimulus stimulus)
        => stimulus.IsConstant ? [stimulus.Inputs.ToArray()] : [.. Enumerable.Range(0, stimulus.Steps).Select(step => stimulus.Train[step].ToArray())];

    private void CheckSize(int length)
    {
        if (length != _model.Input.Features)
            throw new ArgumentException(Trouble.Row.Says($"The row holds {length} values, but the network reads {_model.Input.Features}, [{string.Join(", ", _model.Input.Dimensions)}]."));
    }
}
