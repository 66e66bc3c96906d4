using System.Globalization;
using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Images;
using Microsoft.ML.Spiking.Kernels;

namespace Microsoft.ML.Spiking.Model;

/// <summary>What a network takes in memory, reckoned before any of it is made.</summary>
// Numbers are counted in float64: exact up to 2^53, far beyond any memory, and never too large for it. Int128 would be compiled when a model is loaded.
internal static class ModelSize
{
    /// <summary>Rows that are scored together.</summary>
    public const int RowsAtOnce = 256;

    /// <summary>Each trained number's copies in training: itself, its gradient and the optimiser's two means.</summary>
    public const int InTraining = 4;

    // What an aligned array adds at its ends is within it.
    private static readonly double s_mostNumbers = Array.MaxLength - Lanes.Panel;

    /// <summary>Bytes that this process may have.</summary>
    public static long Memory => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes is > 0 and var bytes ? bytes : long.MaxValue;

    /// <summary>Why rows cannot be read, and what to make smaller; null where they can.</summary>
    public static string? Fault(InputShape column) => Fault([RowsOf(column)], Memory);

    /// <summary>Why a network cannot be held, and what to make smaller; null where it can.</summary>
    /// <param name="network">The network.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="classes">Number of classes; 0 without a readout.</param>
    /// <param name="copies">Of each trained number.</param>
    /// <param name="memory">Bytes that there are.</param>
    public static string? Fault(SpikingNetwork network, InputShape input, int classes, int copies, long memory)
    {
        LayerShape[] shapes = network.ShapesOf(input);
        double read = 0, hidden = network.Readout.HiddenUnits, readings = network.Readout.Readings;
        foreach (LayerShape shape in shapes.AsSpan()[network.Read]) read += NeuronsOf(shape) * network.Readout.Windows / readings;
        return Fault(
        [
            RowsOf(input),
            .. network.Layers.SelectMany((layer, i) => Parts(network, layer, i, shapes, input, copies)),
            new("the hidden layer", hidden * read, copies, "Readout.HiddenUnits, Columns or NeuronsPerColumn"),
            new("the output layer", classes * (hidden == 0 ? read : hidden), copies,
                $"the number of classes, {classes} by the label's type, {(hidden == 0 ? "Columns or NeuronsPerColumn" : "or Readout.HiddenUnits")}"),
            new("what the readout makes of its windows", readings > 1 ? RowsAtOnce * readings * (classes + hidden) : 0, 1,
                "Readout.Windows or Readout.HiddenUnits"),
            new("the scores", (double)RowsAtOnce * classes, 1, $"the number of classes, {classes} by the label's type,"),
        ], memory);
    }

    /// <summary>Neurons as they lie in memory.</summary>
    public static double LanesOf(ColumnLayer layer)
    {
        double words = Math.Ceiling((double)layer.NeuronsPerColumn / Lanes.Word) * layer.Columns;
        return Math.Ceiling(words * Lanes.Word / Lanes.Panel) * Lanes.Panel;
    }

    /// <summary>Weights between a layer's neurons as they lie in memory, at most: a panel has a row of them for each neuron that its columns hear.</summary>
    private static double RecurrentOf(ColumnLayer layer)
    {
        double words = Math.Ceiling((double)layer.NeuronsPerColumn / Lanes.Word), perPanel = Lanes.Panel / Lanes.Word;
        double panels = Math.Ceiling(words / perPanel) + (words % perPanel == 0 || perPanel % words == 0 ? 0 : 1);
        return layer.RecurrentPairs * panels * layer.NeuronsPerColumn * Lanes.Panel;
    }

    /// <summary>Neurons of all columns, however many.</summary>
    private static double NeuronsOf(LayerShape shape) => (double)shape.Groups * shape.PerGroup;

    private static MemoryPart[] Parts(SpikingNetwork network, Layer layer, int i, LayerShape[] shapes, InputShape input, int copies)
    {
        string of = network.Layers.Length == 1 ? "" : $" of layer {i}";
        double steps = input.Steps ?? network.TimeSteps, inputs = (i == 0 ? input.Inputs : NeuronsOf(shapes[i - 1])) * layer.Delays.Length;
        return layer switch
        {
            ColumnLayer columns => Parts(columns, of, inputs, steps, network.WindowsOf(i), copies),
            ConvolutionLayer maps => Parts(maps, of, i == 0 ? LayerInput.Of(input) : shapes[i - 1].Output, shapes[i], steps, network.WindowsOf(i), copies),
            _ => throw new NotSupportedException($"{layer.GetType().Name} has no size."),
        };
    }

    private static MemoryPart[] Parts(ColumnLayer layer, string of, double inputs, double steps, int windows, int copies)
    {
        double columns = layer.Columns, lanes = LanesOf(layer), neurons = columns * layer.NeuronsPerColumn;
        return
        [
            new($"the input weights{of}", lanes * inputs, layer.Learning is Reservoir ? 1 : copies, $"Columns, NeuronsPerColumn{of} or the number of features"),
            new($"the weights between the columns{of}", columns * columns, copies + 2, $"Columns{of}"),
            new($"the weights between the neurons{of}", RecurrentOf(layer), layer.Learning is Reservoir || copies == 1 ? 1 : copies + 1,
                $"Columns, NeuronsPerColumn or Wiring.Neighbours{of}"),
            new($"the neurons' rates{of}", RowsAtOnce * neurons * windows, 1, $"Columns or NeuronsPerColumn{of}"),
            new($"what the neurons{of} do in a row", steps * (layer.StepsTogether ? lanes : lanes / 32 + 2 * columns), 1,
                $"TimeSteps, Columns or NeuronsPerColumn{of}"),
        ];
    }

    private static MemoryPart[] Parts(ConvolutionLayer layer, string of, LayerInput read, LayerShape shape, double steps, int windows, int copies)
    {
        ImageShape image = read.Map!.Value;
        double channels = layer.Channels, synapses = (double)image.Channels * layer.Delays.Length * layer.KernelHeight * layer.KernelWidth;
        return
        [
            new($"the weights{of}", channels * synapses, layer.Learning is Reservoir ? 1 : copies, $"Channels, KernelHeight or KernelWidth{of}"),
            new($"the neurons' rates{of}", RowsAtOnce * NeuronsOf(shape) * windows, 1, $"Channels or the image{of}"),
            new($"what the neurons{of} do in a row", steps * channels * image.Height * image.Width, 1, $"TimeSteps, Channels or the image{of}"),
        ];
    }

    /// <summary>Why some parts cannot be held together; null where they can.</summary>
    public static string? Fault(IReadOnlyList<MemoryPart> parts, long memory)
    {
        MemoryPart widest = parts[0], largest = parts[0];
        double bytes = 0;
        foreach (MemoryPart part in parts)
        {
            if (part.Numbers > widest.Numbers) widest = part;
            if (part.Bytes > largest.Bytes) largest = part;
            bytes += part.Bytes;
        }
        if (widest.Numbers > s_mostNumbers)
            return $"{char.ToUpperInvariant(widest.Name[0])}{widest.Name[1..]} would take {Said(widest.Bytes)}, but an array holds no more than "
                + $"{Said(s_mostNumbers * sizeof(float))}; "
                + $"make {widest.Smaller} smaller.";
        return bytes <= memory
            ? null
            : $"The network would take {Said(bytes)}, {largest.Name} alone {Said(largest.Bytes)}, but this process may have {Said(memory)}; make "
                + $"{largest.Smaller} smaller.";
    }

    private static MemoryPart RowsOf(InputShape input)
        => new($"{RowsAtOnce} rows", (double)RowsAtOnce * input.Features, 1, $"the number of features, {input.Features},");

    private static string Said(double bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:N1} GB");
}
