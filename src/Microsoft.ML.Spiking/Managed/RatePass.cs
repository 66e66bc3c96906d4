using System.Runtime.CompilerServices;
using Microsoft.ML.Spiking.Kernels;

namespace Microsoft.ML.Spiking.Managed;

/// <summary>From the sums of a layer's neurons to the rates that the readout reads, and back. Its buffers serve the next batch too.</summary>
/// <param name="layer">The layer.</param>
/// <param name="readout">The readout; null where it does not read the layer.</param>
internal sealed class RatePass(LayerArrays layer, Readout? readout)
{
    private float[] _scale = [];
    private ReadingOn? _reading;
    private int _batch;

    private int Columns => layer.Layer.Groups;

    /// <summary>Mean over batch and neurons of |spike rate|, [column]; after <see cref="Forward"/>, of the whole batch.</summary>
    public float[] ColumnRates { get; private set; } = [];

    /// <summary>The rates of the neurons, scaled as homeostasis has them, or what a readout that reads on makes of those.</summary>
    public NeuronSums Rates { get; private set; } = NeuronSums.BySample(0, 0, 0);

    /// <summary>Receives ∂loss/∂(scaled rate).</summary>
    public NeuronSums Gradient { get; private set; } = NeuronSums.BySample(0, 0, 0);

    /// <summary>Spikes of all neurons, each counted as much as the other columns make it count, mean over the batch.</summary>
    public double Spikes { get; private set; }

    /// <summary>mean((columnRates - targetRate)²).</summary>
    public float RateLoss { get; private set; }

    private Homeostasis? Rule => layer.Columns?.Homeostasis;

    /// <summary>Takes in what the layer did: <see cref="ColumnRates"/> and <see cref="Spikes"/>.</summary>
    public void Measure(LayerActivity activity)
    {
        NeuronSums sums = activity.Counted ?? activity.Accumulated;
        if (activity.Steps is { Samples: var lengths })
        {
            MeasureOwn(sums, lengths);
            return;
        }
        double numbers = (double)Steps(activity) * sums.Batch * sums.NeuronsPerColumn;
        var rates = new float[Columns];
        Parallel.For(0, Columns, [MethodImpl(MethodImplOptions.AggressiveOptimization)] (column) =>
        {
            double sum = 0;
            for (int i = 0; i < sums.Stretches; i++) sum += FixedSum.OfSizes(sums.Stretch(column, i));
            rates[column] = (float)(sum / numbers);
        });
        (ColumnRates, Spikes) = (rates, rates.Sum(rate => (double)rate) * sums.NeuronsPerColumn * Steps(activity));
    }

    /// <summary>Computes <see cref="RateLoss"/>, and <see cref="Rates"/> where the readout reads them.</summary>
    /// <param name="activity">What the layer did.</param>
    /// <param name="columnRates">The columns' rates in the whole batch, of which this may be a block.</param>
    /// <param name="batch">Rows of the whole batch.</param>
    public void Forward(LayerActivity activity, float[] columnRates, int batch)
    {
        (ColumnRates, _batch) = (columnRates, batch);
        double squares = 0;
        foreach (float rate in ColumnRates) squares += (rate - layer.Plasticity.TargetRate) * (rate - layer.Plasticity.TargetRate);
        RateLoss = (float)(squares / Columns);
        if (readout is null) return;

        NeuronSums sums = activity.Accumulated;
        if (!Rates.IsLike(sums)) (Rates, Gradient) = (sums.Alike(), sums.Alike());
        _scale = Rule?.Scale(layer.Plasticity) ?? [.. Enumerable.Repeat(1f, Columns)];
        float steps = Steps(activity);
        Parallel.For(0, Columns, [MethodImpl(MethodImplOptions.AggressiveOptimization)] (column) =>
        {
            for (int i = 0; i < sums.Stretches; i++)
                Elementwise.DivideMultiply(sums.Stretch(column, i), activity.Steps?.Windows[i] ?? steps, _scale[column], Rates.Stretch(column, i));
        });
        _reading ??= ReadingOn.Of(readout, Steps(activity));
        if (_reading is not null) Parallel.For(0, sums.Batch, sample => _reading.Forward(Rates.Sample(sample), activity.Steps!.Value.Samples[sample]));
    }

    /// <summary>From <see cref="Gradient"/>, the rate loss and what spikes cost to the layer's own gradient.</summary>
    /// <param name="activity">What the layer did; its gradient is written.</param>
    /// <param name="ofSpikes">∂loss/∂<see cref="Spikes"/>.</param>
    public void Backward(LayerActivity activity, double ofSpikes)
    {
        NeuronSums sums = activity.Accumulated, gradient = activity.Gradient;
        activity.CountedGradient?.Values.Span.Clear();
        int[]? lengths = activity.Steps?.Samples;
        if (_reading is not null) Parallel.For(0, sums.Batch, sample => _reading.Backward(Gradient.Sample(sample), lengths![sample]));
        float steps = Steps(activity), ofRate = 0, ofEach = 0;
        // The rates of a layer that does not learn cannot follow the loss.
        if (layer.Layer.Learning is Surrogate) ofEach = (float)(ofSpikes / _batch);
        if (Rule is { } rule && layer.Layer.Learning is Surrogate)
        {
            // Of a rate over all steps, or, where samples have their own, over those.
            double perColumn = (double)Columns * _batch * sums.NeuronsPerColumn;
            ofRate = (float)(2 * rule.RateLossWeight / (lengths is null ? perColumn * steps : perColumn));
        }
        Parallel.For(0, Columns, [MethodImpl(MethodImplOptions.AggressiveOptimization)] (column) =>
        {
            float towardsTarget = ofRate * (ColumnRates[column] - layer.Plasticity.TargetRate), pull = towardsTarget + ofEach;
            for (int i = 0; i < sums.Stretches; i++)
            {
                Span<float> target = gradient.Stretch(column, i);
                if (readout is not null) Elementwise.Multiply(Gradient.Stretch(column, i), _scale[column] / (activity.Steps?.Windows[i] ?? steps), target);
                else target.Clear();
                if (pull != 0 && lengths is null) Elementwise.AddSigns(sums.Stretch(column, i), pull, target);
            }
            if (lengths is not null && (towardsTarget != 0 || ofEach != 0))
                PullOwn(activity.Counted ?? sums, lengths, column, towardsTarget, ofEach, activity.CountedGradient ?? gradient);
        });
    }

    /// <summary>
    /// The columns' rates where samples have lengths of their own, or windows: each neuron's is of all its windows, over its sample's own steps.
    /// </summary>
    private void MeasureOwn(NeuronSums sums, int[] lengths)
    {
        int neurons = sums.NeuronsPerColumn;
        var rates = new float[Columns];
        var spikes = new double[Columns];
        Parallel.For(0, Columns, column =>
        {
            var whole = new float[neurons];
            double sum = 0, count = 0;
            for (int sample = 0; sample < lengths.Length; sample++)
            {
                AddWindows(sums, sample, column, whole);
                double size = FixedSum.OfSizes(whole);
                (sum, count) = (sum + size / lengths[sample], count + size);
            }
            rates[column] = (float)(sum / ((double)lengths.Length * neurons));
            spikes[column] = count / lengths.Length;
        });
        (ColumnRates, Spikes) = (rates, spikes.Sum());
    }

    /// <summary>Adds the gradient of the rate loss and of what spikes cost of a column, likewise.</summary>
    private static void PullOwn(NeuronSums sums, int[] lengths, int column, float towardsTarget, float ofEach, NeuronSums gradient)
    {
        var whole = new float[sums.NeuronsPerColumn];
        for (int sample = 0; sample < lengths.Length; sample++)
        {
            AddWindows(sums, sample, column, whole);
            for (int window = 0; window < sums.Windows; window++)
                Elementwise.AddSigns(whole, towardsTarget / lengths[sample] + ofEach, gradient.Stretch(column, sample * sums.Windows + window));
        }
    }

    /// <summary>A sample's sums over all windows, [neuron].</summary>
    private static void AddWindows(NeuronSums sums, int sample, int column, Span<float> whole)
    {
        whole.Clear();
        for (int window = 0; window < sums.Windows; window++) Elementwise.Add(sums.Stretch(column, sample * sums.Windows + window), whole);
    }

    private int Steps(LayerActivity activity) => activity.Rates.Length / Columns;
}
