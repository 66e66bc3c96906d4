using Microsoft.ML.Spiking.Kernels;

namespace Microsoft.ML.Spiking.State;

/// <summary>
/// Between the order in which the columns' numbers are stored, [column, neuron, input] whichever engine trains, and that in which an engine holds them.
/// </summary>
/// <param name="Shape">[column, neuron, input].</param>
/// <param name="ToStored">From the engine's order.</param>
/// <param name="ToHeld">Into the engine's order.</param>
internal sealed record WeightOrder(int[] Shape, Func<float[], float[]> ToStored, Func<float[], float[]> ToHeld)
{
    /// <summary>As the kernels of the CPU hold them: <see cref="PanelWeights"/>.</summary>
    public static WeightOrder Panels(Lanes lanes, int inputs) => new(
        [lanes.Columns, lanes.Neurons, inputs],
        held =>
        {
            var panels = new PanelWeights(lanes, inputs);
            held.CopyTo(panels.Values.Span);
            return panels.ToColumnWeights();
        },
        stored => new PanelWeights(lanes, stored, inputs).Values.Span.ToArray());

    /// <summary>Of the weights between a layer's neurons, as the kernels of the CPU hold them; stored as [pair of columns, post, pre].</summary>
    public static WeightOrder Of(RecurrentSynapses synapses, int[] shape)
        => new(shape, held => synapses.ToPairs(held), stored => synapses.ToPanels(stored));

    /// <summary>As a product with the inputs takes them: [input, neuron].</summary>
    public static WeightOrder ByInput(ColumnLayer layer, int inputs)
    {
        int neurons = layer.Neurons;
        return new([layer.Columns, layer.NeuronsPerColumn, inputs], held => Transposed(held, inputs, neurons), stored => Transposed(stored, neurons, inputs));
    }

    private static float[] Transposed(float[] values, int rows, int columns)
    {
        var transposed = new float[values.Length];
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++) transposed[column * rows + row] = values[row * columns + column];
        return transposed;
    }
}
