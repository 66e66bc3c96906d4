using System.Runtime.CompilerServices;
using Microsoft.ML.Spiking.Kernels;

namespace Microsoft.ML.Spiking.Managed;

/// <summary><see cref="CorrelationStdp"/> on arrays.</summary>
internal static class CorrelationStdpUpdate
{
    /// <summary>What a training batch teaches the connections between columns.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="layer">The connections, and potential and usage; changed in place.</param>
    /// <param name="rates">The columns' signed rates, [time, batch, column].</param>
    /// <param name="batch">Number of samples.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Learn(this CorrelationStdp rule, LayerArrays layer, ReadOnlySpan<float> rates, int batch)
    {
        int columns = layer.Layer.Nodes, steps = rates.Length / (batch * columns);
        AlignedFloats deviations = Deviations(rates, steps, batch, columns);
        float[] postAfterPre = [], traceOfPost = [];
        Parallel.Invoke(
            () => postAfterPre = FollowingTraces(deviations, steps, batch, columns, rule.PreTimeConstant),
            () => traceOfPost = FollowingTraces(deviations, steps, batch, columns, rule.PostTimeConstant));

        PlasticityArrays state = layer.Plasticity;
        Span<float> weights = layer.InterWeights.Weights.Span;
        ReadOnlySpan<float> heard = layer.Heard();
        float limit = (float)rule.WeightLimit, rate = (float)rule.LearningRate;
        for (int post = 0, pair = 0; post < columns; post++)
        {
            for (int pre = 0; pre < columns; pre++, pair++)
            {
                float together = postAfterPre[pair], change = (float)rule.Potentiation * together - (float)rule.Depression * traceOfPost[pre * columns + post];
                state.Potential[pair] = (float)rule.PotentialMemory * state.Potential[pair] + (float)(1 - rule.PotentialMemory) * together;
                state.Usage[pair] = (float)rule.UsageMemory * state.Usage[pair] + (float)(1 - rule.UsageMemory) * (heard[pair] * together);
                weights[pair] = Math.Clamp(weights[pair] + rate * (change * layer.Topology[pair]), -limit, limit);
            }
        }
    }

    /// <summary>The rates less their means over the batch, [time, batch, column].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static AlignedFloats Deviations(ReadOnlySpan<float> rates, int steps, int batch, int columns)
    {
        var deviations = new AlignedFloats(rates.Length);
        var mean = new float[columns];
        for (int step = 0; step < steps; step++)
        {
            ReadOnlySpan<float> ofStep = rates.Slice(step * batch * columns, batch * columns);
            Span<float> target = deviations.Span.Slice(step * batch * columns, batch * columns);
            Array.Clear(mean);
            for (int at = 0; at < ofStep.Length; at += columns) Elementwise.Add(ofStep.Slice(at, columns), mean);
            Elementwise.DivideMultiply(mean, batch, 1, mean);
            for (int at = 0; at < ofStep.Length; at += columns) Elementwise.Subtract(ofStep.Slice(at, columns), mean, target.Slice(at, columns));
        }
        return deviations;
    }

    /// <summary>Pearson's correlation, over samples and steps, of each column with the trace of each a step before: [following, leading].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float[] FollowingTraces(AlignedFloats deviations, int steps, int batch, int columns, double timeConstant)
    {
        int step = batch * columns, rows = (steps - 1) * batch;
        var correlations = new AlignedFloats(columns * columns);
        if (rows == 0) return new float[columns * columns];
        var traces = new AlignedFloats(rows * columns);
        Span<float> all = deviations.Span, leading = traces.Span, following = all[step..];
        float decay = (float)Math.Exp(-1 / timeConstant);
        all[..step].CopyTo(leading);
        for (int at = step; at < leading.Length; at += step)
        {
            all.Slice(at, step).CopyTo(leading[at..]);
            Elementwise.AddProduct(leading.Slice(at - step, step), decay, leading.Slice(at, step));
        }

        MatrixProduct.Run(new Matrix(deviations, rows + batch, columns).Part(batch, 0, rows, columns).Transposed, new Matrix(traces, rows, columns),
            new Matrix(correlations, columns, columns));
        float[] sizes = Sizes(following, columns), traceSizes = Sizes(leading, columns), result = correlations.Span.ToArray();
        // A silent column's deviations are 0, and so are its correlations.
        for (int i = 0; i < result.Length; i++) result[i] /= Math.Max(sizes[i / columns] * traceSizes[i % columns], 1e-12f);
        return result;
    }

    /// <summary>The Euclidean norm of each column's numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float[] Sizes(ReadOnlySpan<float> rows, int columns)
    {
        var sizes = new float[columns];
        for (int at = 0; at < rows.Length; at += columns) Elementwise.AddSquare(rows.Slice(at, columns), sizes);
        return Array.ConvertAll(sizes, MathF.Sqrt);
    }
}
