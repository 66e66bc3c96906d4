using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Kernels;
using Microsoft.ML.Spiking.Model;

namespace Microsoft.ML.Spiking.Scoring;

/// <summary>The buffers that one thread needs to show the layers a row and to sum up what they did.</summary>
internal sealed class ScoringWorkspace
{
    private readonly SampleEncoder _encoder;
    private readonly LayerRun[] _layers;

    /// <param name="layers">The layers.</param>
    /// <param name="encoder">How rows are encoded.</param>
    /// <param name="steps">Time steps.</param>
    /// <param name="keep">Whether it keeps every membrane, and what else its neurons' type keeps.</param>
    public ScoringWorkspace(ScoringLayer[] layers, SampleEncoder encoder, int steps, bool keep = false)
    {
        (_encoder, Stimulus) = (encoder, new Stimulus(steps));
        _layers = [.. layers.Select(layer => new LayerRun(layer, steps, keep))];
    }

    /// <summary>Room for what a row is shown as.</summary>
    public Stimulus Stimulus { get; }

    /// <summary>What each layer did.</summary>
    public IReadOnlyList<LayerRun> Layers => _layers;

    /// <summary>Shows the first layer intensities, through the evaluation code.</summary>
    /// <param name="features">Overwritten; may be in the <see cref="Stimulus"/>.</param>
    public void Show(Span<float> features)
    {
        _encoder.Evaluate(features, Stimulus);
        Show(Stimulus);
    }

    /// <summary>Shows the layers a row as it is.</summary>
    public void Show(Stimulus stimulus)
    {
        foreach (LayerRun layer in _layers)
        {
            layer.Show(stimulus);
            if (layer != _layers[^1]) stimulus = layer.Spikes();
        }
    }

    /// <inheritdoc cref="ColumnActivity.CountExtremes"/>
    public void CountExtremes(Span<int> active, Span<int> constant)
    {
        foreach (LayerRun layer in _layers)
        {
            layer.Activity.CountExtremes(active, constant);
            int columns = layer.Layer.Columns.Lanes.Columns;
            active = active[columns..];
            constant = constant[columns..];
        }
    }

    /// <summary>The spike rates of the neurons that are read, and the mean size of each column's.</summary>
    public void Read(Span<float> spikeRates, Span<float> columnRates)
    {
        foreach (LayerRun layer in _layers)
        {
            bool read = layer.Layer.IsRead;
            layer.Read(read ? spikeRates[..layer.Layer.Neurons] : layer.Unread, columnRates[..layer.Layer.Columns.Lanes.Columns]);
            if (read) spikeRates = spikeRates[layer.Layer.Neurons..];
            columnRates = columnRates[layer.Layer.Columns.Lanes.Columns..];
        }
    }
}
