using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Scoring;

namespace Microsoft.ML.Spiking;

/// <summary>
/// Shows a trained network one sample at a time and writes down every spike and membrane: for rasters, traces, animations and counts of what a prediction
/// costs.
/// </summary>
/// <remarks>
/// Thread-safe. Predicts as the pipeline does, in the code of <see cref="SpikingNetwork.EvaluationCode"/>; slower than it, since nothing is thrown away.
/// </remarks>
public sealed class SpikeRecorder
{
    private readonly SpikingModel _model;
    private readonly SpikingScorer _scorer;

    /// <param name="model">The network, of <see cref="SpikingNetworkTransformer.Model"/>, or of <see cref="SpikingFeaturesTransformer.Model"/>, which has no
    /// scores.</param>
    public SpikeRecorder(SpikingModel model) : this(model, new SpikingScorer(model ?? throw new ArgumentNullException(nameof(model)))) { }

    /// <param name="network">The network in a pipeline, with which the recorder shares the weights as they lie ready for predictions: for services that do
    /// both.</param>
    public SpikeRecorder(SpikingNetworkTransformer network)
        : this((network ?? throw new ArgumentNullException(nameof(network))).Model, network.Scorer) { }

    private SpikeRecorder(SpikingModel model, SpikingScorer scorer) => (_model, _scorer) = (model, scorer);

    /// <summary>Records what the network does with intensities.</summary>
    /// <param name="features">One row of the feature column, flat: [features].</param>
    /// <exception cref="ArgumentException">The row is of another size, holds what is no finite number, or the network reads spike trains.</exception>
    public SpikeRecording Record(ReadOnlySpan<float> features)
    {
        if (_model.Input.IsSpikeTrain)
            throw Trouble.Row.Argument(
                "The network reads spike trains, but intensities came; give Record the train as booleans, [time, inputs].", nameof(features));
        CheckSize(features.Length);
        foreach (float x in features[..Math.Max(1, _model.Input.Given(features))])
            if (!float.IsFinite(x))
                throw Trouble.Row.Argument($"A feature is {x}, but only finite numbers can be shown; leave the row out or fill the gap.",
                    nameof(features));
        ScoringWorkspace workspace = Workspace();
        workspace.Show(features.ToArray());
        return Recording(workspace);
    }

    /// <summary>Records what the network does with a spike train.</summary>
    /// <param name="spikes">One row of the feature column, flat: [time, inputs].</param>
    /// <exception cref="ArgumentException">The row is of another size, or the network reads intensities.</exception>
    public SpikeRecording Record(ReadOnlySpan<bool> spikes)
    {
        if (!_model.Input.IsSpikeTrain)
            throw Trouble.Row.Argument("The network reads intensities, but a spike train came; give Record the features as numbers.",
                nameof(spikes));
        CheckSize(spikes.Length);
        ScoringWorkspace workspace = Workspace();
        SpikeTrain train = workspace.Stimulus.Fire();
        for (int step = 0, at = 0; step < train.Steps; step++, train.NextStep())
            for (int input = 0; input < _model.Input.Inputs; input++, at++)
                if (spikes[at]) train.Add(input);
        workspace.Show(workspace.Stimulus);
        return Recording(workspace);
    }

    private ScoringWorkspace Workspace() => new(_scorer.Rates.Layers, _scorer.Rates.Encoder, _scorer.Rates.Steps, keep: true);

    private SpikeRecording Recording(ScoringWorkspace workspace)
    {
        float[] spikeRates = new float[_scorer.Rates.Count], columnRates = new float[_scorer.Rates.Columns], scores = new float[_model.Classes];
        var costs = new PredictionCost?[1];
        workspace.Read(spikeRates, columnRates, costs: costs, counter: _scorer.Rates.Costs.Value);
        if (_model.Classes > 0)
        {
            _scorer.Read(spikeRates, rows: 1, scores);
            _scorer.Softmax(scores);
        }
        return new SpikeRecording(_model, workspace, scores, columnRates, costs[0]!);
    }

    private void CheckSize(int length)
    {
        if (length != _model.Input.Features)
            throw Trouble.Row.Argument(
                $"The row holds {length} values, but the network reads {_model.Input.Features}, [{string.Join(", ", _model.Input.Dimensions)}].");
    }
}
