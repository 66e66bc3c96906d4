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
    private double _dropout;

    /// <summary>[sample, class].</summary>
    public Span<float> Logits => _logits.Span;

    /// <summary>∂loss/∂logits, to be written before <see cref="Backward"/>.</summary>
    public Span<float> LogitsGradient => _logitsGradient.Span;

    private int HiddenUnits => network.Network.Readout.HiddenUnits;

    /// <summary>Computes the logits.</summary>
    /// <param name="read">The scaled rates of the neurons of each layer that is read.</param>
    /// <param name="batch">Number of samples.</param>
    /// <param name="step">The step of training, which decides what dropout leaves out; null for none, as in evaluation.</param>
    /// <param name="first">The place of the first sample in the whole batch, of which these may be a block.</param>
    public void Forward(IReadOnlyList<NeuronSums> read, int batch, int? step, int first = 0)
    {
        Expect(batch);
        var logits = new Matrix(_logits, batch, network.Classes);
        if (network.HiddenWeight is null)
        {
            Product(read, network.OutputWeight.Matrix, logits);
        }
        else
        {
            var hidden = new Matrix(_hidden, batch, HiddenUnits);
            Product(read, network.HiddenWeight.Matrix, hidden);
            AddToRows(_hidden, network.HiddenBias!);
            TensorPrimitives.Max(_hidden.Span, 0f, _hidden.Span);
            Drop(step, first);
            MatrixProduct.Run(hidden, network.OutputWeight.Matrix.Transposed, logits);
        }
        AddToRows(_logits, network.OutputBias);
    }

    /// <summary>From <see cref="LogitsGradient"/> to the gradients of the weights, and of what was read.</summary>
    /// <param name="read">As in <see cref="Forward"/>.</param>
    /// <param name="gradients">Receive ∂loss/∂(scaled rate), in the same order.</param>
    /// <param name="batch">Number of samples.</param>
    public void Backward(IReadOnlyList<NeuronSums> read, IReadOnlyList<NeuronSums> gradients, int batch)
    {
        var logits = new Matrix(_logitsGradient, batch, network.Classes);
        SumOfRows(_logitsGradient, network.OutputBias);
        if (network.HiddenWeight is null)
        {
            ProductGradient(read, gradients, logits, network.OutputWeight);
            return;
        }
        var hidden = new Matrix(_hiddenGradient, batch, HiddenUnits);
        MatrixProduct.Run(logits.Transposed, new Matrix(_hidden, batch, HiddenUnits), network.OutputWeight.GradientMatrix);
        MatrixProduct.Run(logits, network.OutputWeight.Matrix, hidden);
        // What is above 0 was neither cut by the rectifier nor dropped.
        float kept = (float)(1 / (1 - _dropout));
        Elementwise.MultiplyWherePositive(_hidden.Span, kept, _hiddenGradient.Span);
        SumOfRows(_hiddenGradient, network.HiddenBias!);
        ProductGradient(read, gradients, hidden, network.HiddenWeight);
    }

    private void Expect(int batch)
    {
        if (_logits.Length == batch * network.Classes) return;
        (_logits, _logitsGradient) = (new(batch * network.Classes), new(batch * network.Classes));
        (_hidden, _hiddenGradient) = (new(batch * HiddenUnits), new(batch * HiddenUnits));
    }

    private void Drop(int? step, int first)
    {
        _dropout = step is null ? 0 : network.Network.Readout.Dropout;
        if (_dropout == 0) return;
        CounterRandom noise = DropoutNoise.Of(network.Seed, step!.Value);
        ulong least = DropoutNoise.Least(_dropout);
        float kept = (float)(1 / (1 - _dropout));
        Parallel.For(0, _hidden.Length / HiddenUnits, sample =>
        {
            Span<float> hidden = _hidden.Span.Slice(sample * HiddenUnits, HiddenUnits);
            int unit = (first + sample) * HiddenUnits;
            for (int i = 0; i < hidden.Length; i++) hidden[i] = DropoutNoise.Keeps(noise, unit + i, least) ? hidden[i] * kept : 0;
        });
    }

    /// <summary>y = x · Wᵀ, where x lies in parts, one a layer.</summary>
    private static void Product(IReadOnlyList<NeuronSums> read, Matrix weights, Matrix result)
    {
        int first = 0;
        foreach (NeuronSums part in read)
        {
            Matrix x = part.Matrix;
            MatrixProduct.Run(x, weights.Part(0, first, weights.Rows, x.Columns).Transposed, result, add: first > 0);
            first += x.Columns;
        }
    }

    /// <summary>∂loss/∂W = (∂loss/∂y)ᵀ · x, and ∂loss/∂x = ∂loss/∂y · W.</summary>
    private static void ProductGradient(IReadOnlyList<NeuronSums> read, IReadOnlyList<NeuronSums> gradients, Matrix y, TrainedArray weights)
    {
        int first = 0;
        for (int i = 0; i < read.Count; i++)
        {
            Matrix x = read[i].Matrix, ofX = gradients[i].Matrix;
            Matrix part = weights.Matrix.Part(0, first, y.Columns, x.Columns), ofPart = weights.GradientMatrix.Part(0, first, y.Columns, x.Columns);
            MatrixProduct.Run(y.Transposed, x, ofPart);
            if (gradients[i].IsByNeuron) MatrixProduct.Run(part.Transposed, y.Transposed, ofX.Transposed);
            else MatrixProduct.Run(y, part, ofX);
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
