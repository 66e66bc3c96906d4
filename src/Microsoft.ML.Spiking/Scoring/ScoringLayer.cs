using Microsoft.ML.Spiking.Architecture;
using Microsoft.ML.Spiking.Kernels;

namespace Microsoft.ML.Spiking.Scoring;

/// <summary>A layer as scoring runs it.</summary>
/// <param name="shape">What it is.</param>
/// <param name="isRead">Whether the readout reads it.</param>
internal abstract class ScoringLayer(LayerShape shape, bool isRead)
{
    /// <summary>What it is.</summary>
    public LayerShape Shape { get; } = shape;

    /// <summary>Whether the readout reads it.</summary>
    public bool IsRead { get; } = isRead;

    /// <summary>Windows of time steps that its spikes are summed in.</summary>
    public int Windows { get; init; } = 1;

    /// <summary>The time constant of a readout that forgets; null where its spikes count alike.</summary>
    public double? TimeConstant { get; init; }

    /// <summary>How a readout that reads on makes of its windows' rates what it reads; null where it does not.</summary>
    public ReadingOn? Reading { get; init; }

    /// <summary>Spike rates of its neurons: one a window and neuron.</summary>
    public int Rates => Windows * Shape.Neurons;

    /// <summary>The layers of a model, from the input on.</summary>
    public static ScoringLayer[] Of(SpikingModel model)
    {
        int first = model.Network.Read.Start.GetOffset(model.Layers.Length);
        LayerShape[] shapes = model.Network.ShapesOf(model.Input);
        return [.. model.Layers.Select((layer, i) => (ScoringLayer)(layer.Layer switch
        {
            ColumnLayer columns => new ColumnScoring(new ColumnSimulation(columns, layer.InputWeights.AsSpan(), layer.Inputs, model.FieldsOf(i),
                layer.Biases.AsSpan()), new DenseKernel(layer.Heard(), [], columns.Columns), layer.RateScale(), shapes[i], isRead: i >= first, model.Steps)
            {
                Windows = model.Network.WindowsOf(i),
                Recurrence = RecurrentWeights.Of(columns, layer.RecurrentTopology, layer.RecurrentWeights.AsSpan()),
                TimeConstant = model.Network.TimeConstantOf(i),
                Reading = ReadingOn.Of(model.Network.ReadoutOf(i), model.Steps),
            },
            ConvolutionLayer maps => new ConvolutionScoring(
                new ConvolutionSimulation(maps, i == 0 ? LayerInput.Of(model.Input) : shapes[i - 1].Output, shapes[i], layer.InputWeights.AsSpan(),
                    layer.Biases.AsSpan()), isRead: i >= first)
            {
                Windows = model.Network.WindowsOf(i),
                TimeConstant = model.Network.TimeConstantOf(i),
                Reading = ReadingOn.Of(model.Network.ReadoutOf(i), model.Steps),
            },
            _ => throw new NotSupportedException($"{layer.Layer.GetType().Name} has no form in scoring."),
        }))];
    }

    /// <summary>One thread's buffers for it.</summary>
    /// <param name="steps">Time steps.</param>
    /// <param name="keep">Whether every membrane is kept, and what else its neurons' type keeps.</param>
    public abstract LayerRun Run(int steps, bool keep);

    /// <summary>One session's state of it, which takes one step after another.</summary>
    /// <param name="inputs">Its inputs, each counted once whatever its delays.</param>
    /// <param name="steps">Time steps of a sequence.</param>
    public abstract LayerSteps Session(int inputs, int steps);

    /// <summary>Scales the rates of its neurons as homeostasis has them, in place.</summary>
    /// <param name="rates">[group, neuron].</param>
    public virtual void Scale(Span<float> rates)
    {
    }
}
