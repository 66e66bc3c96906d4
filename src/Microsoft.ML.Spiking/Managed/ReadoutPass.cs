using System.Numerics.Tensors;
using Microsoft.ML.Spiking.Descent;
using Microsoft.ML.Spiking.Engines;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Kernels;

namespace Microsoft.ML.Spiking.Managed;

/// <summary>The readout on a batch, from the neurons' rates to the logits, and back. Its buffers serve the next batch too.</summary>
internal sealed class ReadoutPass(NetworkArrays network)
{
    private AlignedFloats _hidden = new(0), _hiddenGradient = new(0), _logits = new(0), _logitsGradient = new(0);

    // Of a readout that reads a row several times, [sample and window, class] and [sample and window]; else the logits themselves, and nothing.
    private AlignedFloats _scores = new(0), _scoresGradient = new(0), _attention = new(0), _attentionGradient = new(0);
    private double _dropout;

    /// <summary>[sample, class].</summary>
    public Span<float> Logits => _logits.Span;

    /// <summary>∂loss/∂logits, to be written before <see cref="Backward"/>.</summary>
    public Span<float> LogitsGradient => _logitsGradient.Span;

    private int HiddenUnits => network.Network.Readout.HiddenUnits;

    private int Readings => network.Network.Readout.Readings;

    /// <summary>Computes the logits.</summary>
    /// <param name="read">The scaled rates of the neurons of each layer that is read, or what a readout that reads on makes of those.</param>
    /// <param name="batch">Number of samples.</param>
    /// <param name="step">The step of training, which decides what dropout leaves out; null for none, as in evaluation.</param>
    /// <param name="first">The place of the first sample in the whole batch, of which these may be a block.</param>
    public void Forward(IReadOnlyList<NeuronSums> read, int batch, int? step, int first = 0)
    {
        Expect(batch);
        int rows = batch * Readings;
        var scores = new Matrix(_scores, rows, network.Classes);
        if (network.HiddenWeight is null)
        {
            Product(read, network.OutputWeight.Matrix, scores);
        }
        else
        {
            var hidden = new Matrix(_hidden, rows, HiddenUnits);
            Product(read, network.HiddenWeight.Matrix, hidden);
            AddToRows(_hidden, network.HiddenBias!);
            TensorPrimitives.Max(_hidden.Span, 0f, _hidden.Span);
            Drop(step, first);
            MatrixProduct.Run(hidden, network.OutputWeight.Matrix.Transposed, scores);
        }
        AddToRows(_scores, network.OutputBias);
        if (Readings > 1) Pool(read, batch);
    }

    /// <summary>From <see cref="LogitsGradient"/> to the gradients of the weights, and of what was read.</summary>
    /// <param name="read">As in <see cref="Forward"/>.</param>
    /// <param name="gradients">Receive ∂loss/∂(scaled rate), in the same order.</param>
    /// <param name="batch">Number of samples.</param>
    public void Backward(IReadOnlyList<NeuronSums> read, IReadOnlyList<NeuronSums> gradients, int batch)
    {
        if (Readings > 1) PoolGradient(batch);
        int rows = batch * Readings;
        var scores = new Matrix(_scoresGradient, rows, network.Classes);
        SumOfRows(_scoresGradient, network.OutputBias);
        if (network.HiddenWeight is null)
        {
            ProductGradient(read, gradients, scores, network.OutputWeight);
        }
        else
        {
            var hidden = new Matrix(_hiddenGradient, rows, HiddenUnits);
            MatrixProduct.Run(scores.Transposed, new Matrix(_hidden, rows, HiddenUnits), network.OutputWeight.GradientMatrix);
            MatrixProduct.Run(scores, network.OutputWeight.Matrix, hidden);
            // What is above 0 was neither cut by the rectifier nor dropped.
            float kept = (float)(1 / (1 - _dropout));
            Elementwise.MultiplyWherePositive(_hidden.Span, kept, _hiddenGradient.Span);
            SumOfRows(_hiddenGradient, network.HiddenBias!);
            ProductGradient(read, gradients, hidden, network.HiddenWeight);
        }
        if (network.AttentionWeight is { } attention) ProductGradient(read, gradients, new Matrix(_attentionGradient, rows, 1), attention, add: true);
    }

    private void Expect(int batch)
    {
        if (_logits.Length == batch * network.Classes) return;
        int rows = batch * Readings;
        (_logits, _logitsGradient) = (new(batch * network.Classes), new(batch * network.Classes));
        (_scores, _scoresGradient) = Readings == 1 ? (_logits, _logitsGradient) : (new(rows * network.Classes), new(rows * network.Classes));
        (_hidden, _hiddenGradient) = (new(rows * HiddenUnits), new(rows * HiddenUnits));
        if (network.AttentionWeight is not null) (_attention, _attentionGradient) = (new(rows), new(rows));
    }

    /// <summary>Puts together what was read in a row's windows.</summary>
    private void Pool(IReadOnlyList<NeuronSums> read, int batch)
    {
        if (network.AttentionWeight is { } weights) Product(read, weights.Matrix, new Matrix(_attention, batch * Readings, 1));
        int classes = network.Classes, scores = Readings * classes;
        Parallel.For(0, batch, sample =>
        {
            ReadOnlySpan<float> ofWindows = _scores.Span.Slice(sample * scores, scores);
            Span<float> logits = _logits.Span.Slice(sample * classes, classes);
            if (network.AttentionWeight is null) WindowPool.Maximum(ofWindows, logits);
            else WindowPool.Attend(ofWindows, _attention.Span.Slice(sample * Readings, Readings), logits);
        });
    }

    private void PoolGradient(int batch)
    {
        int classes = network.Classes, scores = Readings * classes;
        Parallel.For(0, batch, sample =>
        {
            ReadOnlySpan<float> ofWindows = _scores.Span.Slice(sample * scores, scores), ofLogits = _logitsGradient.Span.Slice(sample * classes, classes);
            Span<float> ofScores = _scoresGradient.Span.Slice(sample * scores, scores);
            if (network.AttentionWeight is null) WindowPool.MaximumGradient(ofWindows, ofLogits, ofScores);
            else
                WindowPool.AttendGradient(ofWindows, _attention.Span.Slice(sample * Readings, Readings), _logits.Span.Slice(sample * classes, classes),
                    ofLogits, ofScores, _attentionGradient.Span.Slice(sample * Readings, Readings));
        });
    }

    private void Drop(int? step, int first)
    {
        _dropout = step is null ? 0 : network.Network.Readout.Dropout;
        if (_dropout == 0) return;
        CounterRandom noise = DropoutNoise.Of(network.Seed, step!.Value);
        ulong least = DropoutNoise.Least(_dropout);
        float kept = (float)(1 / (1 - _dropout));
        Parallel.For(0, _hidden.Length / HiddenUnits, row =>
        {
            Span<float> hidden = _hidden.Span.Slice(row * HiddenUnits, HiddenUnits);
            int unit = (first * Readings + row) * HiddenUnits;
            for (int i = 0; i < hidden.Length; i++) hidden[i] = DropoutNoise.Keeps(noise, unit + i, least) ? hidden[i] * kept : 0;
        });
    }

    /// <summary>y = x · Wᵀ, where x lies in parts, one a layer.</summary>
    private void Product(IReadOnlyList<NeuronSums> read, Matrix weights, Matrix result)
    {
        int first = 0;
        foreach (NeuronSums part in read)
        {
            Matrix x = part.Read(Readings);
            MatrixProduct.Run(x, weights.Part(0, first, weights.Rows, x.Columns).Transposed, result, add: first > 0);
            first += x.Columns;
        }
    }

    /// <summary>∂loss/∂W = (∂loss/∂y)ᵀ · x, and ∂loss/∂x = ∂loss/∂y · W, or what is there and that.</summary>
    private void ProductGradient(IReadOnlyList<NeuronSums> read, IReadOnlyList<NeuronSums> gradients, Matrix y, TrainedArray weights, bool add = false)
    {
        int first = 0;
        for (int i = 0; i < read.Count; i++)
        {
            Matrix x = read[i].Read(Readings), ofX = gradients[i].Read(Readings);
            Matrix part = weights.Matrix.Part(0, first, y.Columns, x.Columns), ofPart = weights.GradientMatrix.Part(0, first, y.Columns, x.Columns);
            MatrixProduct.Run(y.Transposed, x, ofPart);
            if (gradients[i].IsByNeuron) MatrixProduct.Run(part.Transposed, y.Transposed, ofX.Transposed, add);
            else MatrixProduct.Run(y, part, ofX, add);
            first += x.Columns;
        }
    }

    private static void AddToRows(AlignedFloats rows, TrainedArray bias)
    {
        int width = bias.Weights.Length;
        for (int at = 0; at < rows.Length; at += width) Elementwise.Add(bias.Weights.Span, rows.Span.Slice(at, width));
    }

    private static void SumOfRows(AlignedFloats rows, TrainedArray bias)
    {
        int width = bias.Weights.Length;
        for (int at = 0; at < rows.Length; at += width) Elementwise.Add(rows.Span.Slice(at, width), bias.Gradient.Span);
    }
}
