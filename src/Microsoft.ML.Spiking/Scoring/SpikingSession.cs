using System.Collections.Immutable;
using System.Numerics.Tensors;
using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Scoring;

namespace Microsoft.ML.Spiking;

/// <summary>A sequence that is scored while it comes: one time step in, scores out (<see cref="SpikingNetworkTransformer.CreateSession"/>).</summary>
/// <remarks>
/// <para>After the last step, <see cref="Score"/> and <see cref="SpikeRate"/> are, to the bit, what the pipeline gives of the whole sequence. Before it they
/// are what it gives of a sequence that ends there: spike rates, and the windows of the readout, are of the steps so far.</para>
/// <para>Not thread-safe: it keeps membranes, delayed inputs and sums of one sequence. Sessions of one network share its weights, and any number of them may
/// run at the same time. Where the network has taken its first sequence, a step allocates nothing.</para>
/// </remarks>
public sealed class SpikingSession
{
    private readonly SpikingModel _model;
    private readonly SpikingScorer _scorer;
    private readonly LayerSteps[] _layers;
    private readonly SequenceProgress _progress;
    private readonly float[] _features, _spikeRates, _columnRates, _scores;
    private readonly ReadoutRoom _room;
    private readonly int[] _spikeCount;
    private bool _isRead;

    internal SpikingSession(SpikingModel model, SpikingScorer scorer, ImmutableArray<string> classNames)
    {
        if (model.Input.Steps is not { } steps)
            throw Trouble.Fit.InvalidOperation($"The network reads no sequence: its code is {model.Network.ChosenCode.GetType().Name}, which shows a row of "
                + "intensities for all time steps, so that there is no step to wait for; train with SequenceCode or DeltaCode, or on spike trains.");
        (_model, _scorer, ClassNames, MaximumSteps) = (model, scorer, classNames, steps);
        Inputs = model.Input.Features / steps;
        LayerShape[] shapes = model.Network.ShapesOf(model.Input);
        _layers = [.. scorer.Rates.Layers.Select((layer, i) => layer.Session(i == 0 ? model.Input.Inputs : shapes[i - 1].Neurons, steps))];
        _progress = new SequenceProgress(Inputs);
        (_features, _room, _scores) = (new float[Inputs], scorer.Room(rows: 1), new float[model.Classes]);
        (_spikeRates, _columnRates) = (new float[shapes.Max(shape => shape.Neurons) + scorer.Rates.Count], new float[scorer.Rates.Columns]);
        _spikeCount = new int[scorer.Rates.Columns];
    }

    /// <summary>Inputs of a time step, as the feature column has them.</summary>
    public int Inputs { get; }

    /// <summary>Time steps that a sequence has at most.</summary>
    public int MaximumSteps { get; }

    /// <summary>Time steps so far.</summary>
    public int Steps { get; private set; }

    /// <summary>What the classes are called, [K], in the order of <see cref="Score"/>.</summary>
    public ImmutableArray<string> ClassNames { get; }

    /// <summary>
    /// Probability of each class after the steps so far, [K]; of a network that answers yes or no, of false and of true. It holds until the next step.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is no step yet.</exception>
    public ReadOnlySpan<float> Score
    {
        get
        {
            Read();
            return _scores;
        }
    }

    /// <summary>The most probable class after the steps so far, by its place in <see cref="ClassNames"/>.</summary>
    /// <exception cref="InvalidOperationException">There is no step yet.</exception>
    public int PredictedClass => TensorPrimitives.IndexOfMax(Score);

    /// <summary>What the most probable class is called.</summary>
    /// <exception cref="InvalidOperationException">There is no step yet.</exception>
    public string PredictedLabel => ClassNames[PredictedClass];

    /// <summary>
    /// Spikes per neuron and step of each column of each layer over the steps so far, [columns], as in the pipeline's SpikeRate. It holds until the next step.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is no step yet.</exception>
    public ReadOnlySpan<float> SpikeRate
    {
        get
        {
            Read();
            return _columnRates;
        }
    }

    /// <summary>Spikes of each column of each layer in the last step, [columns]; 0 before the first.</summary>
    public ReadOnlySpan<int> SpikeCount => _spikeCount;

    /// <summary>Shows the network the next time step of a sequence of intensities.</summary>
    /// <param name="inputs">[inputs], in the order of training.</param>
    /// <exception cref="ArgumentException">It is of another size, or holds what is no finite number; or the network reads spike trains.</exception>
    /// <exception cref="InvalidOperationException">The sequence has all its steps.</exception>
    public void Push(ReadOnlySpan<float> inputs)
    {
        Check(inputs.Length, isSpikes: false);
        foreach (float x in inputs)
            if (!float.IsFinite(x))
                throw Trouble.Row.Argument($"An input of step {Steps} is {x}, but only finite numbers can be shown; fill the gap.", nameof(inputs));
        inputs.CopyTo(_features);
        _scorer.Rates.Encoder.EvaluateStep(_features, _progress, _layers[0].Input(Steps));
        Take();
    }

    /// <summary>Shows the network the next time step of a spike train.</summary>
    /// <param name="spikes">[inputs], in the order of training.</param>
    /// <exception cref="ArgumentException">It is of another size, or the network reads intensities.</exception>
    /// <exception cref="InvalidOperationException">The train has all its steps.</exception>
    public void Push(ReadOnlySpan<bool> spikes)
    {
        Check(spikes.Length, isSpikes: true);
        SpikeTrain train = _layers[0].Input(Steps);
        train.Clear();
        for (int i = 0; i < spikes.Length; i++)
            if (spikes[i]) train.Add(i);
        train.NextStep();
        Take();
    }

    /// <summary>Forgets the sequence: the next step is the first of another.</summary>
    public void Reset()
    {
        foreach (LayerSteps layer in _layers) layer.Reset();
        _progress.Reset();
        Array.Clear(_spikeCount);
        (Steps, _isRead) = (0, false);
    }

    private void Take()
    {
        Span<int> counts = _spikeCount;
        for (int i = 0; i < _layers.Length; i++)
        {
            LayerSteps layer = _layers[i];
            layer.Take(Steps);
            if (i + 1 < _layers.Length) layer.Pass(_layers[i + 1].Input(Steps));
            layer.SpikeCount.CopyTo(counts);
            counts = counts[layer.SpikeCount.Length..];
        }
        Steps++;
        _isRead = false;
    }

    /// <summary>Reads the scores out, once a step and where somebody asks.</summary>
    private void Read()
    {
        if (Steps == 0) throw Trouble.Row.InvalidOperation("There is nothing to score yet; push the first time step of the sequence.");
        if (_isRead) return;
        // Behind what is read there is room for a layer that is not.
        int rates = _scorer.Rates.Count, at = 0;
        Span<float> columnRates = _columnRates;
        foreach (LayerSteps layer in _layers)
        {
            bool read = layer.Layer.IsRead;
            layer.Read(_spikeRates.AsSpan(read ? at : rates, layer.Layer.Rates), columnRates[..layer.SpikeCount.Length]);
            if (read) at += layer.Layer.Rates;
            columnRates = columnRates[layer.SpikeCount.Length..];
        }
        _scorer.Read(_spikeRates.AsSpan(0, rates), rows: 1, _scores, _room);
        _scorer.Softmax(_scores);
        _isRead = true;
    }

    private void Check(int length, bool isSpikes)
    {
        if (_model.Input.IsSpikeTrain != isSpikes)
            throw Trouble.Row.Argument(isSpikes ? "The network reads intensities, but spikes came; push the time step as numbers."
                : "The network reads spike trains, but intensities came; push the time step as booleans.");
        if (length != Inputs)
            throw Trouble.Row.Argument($"The time step holds {length} values, but the network reads {Inputs} in each; push one step at a time.");
        if (Steps == MaximumSteps)
            throw Trouble.Row.InvalidOperation($"The sequence has its {MaximumSteps} time steps already, as many as the network reads; Reset the session for "
                + "the next sequence.");
    }
}
