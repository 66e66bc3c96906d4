using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking;

/// <summary>The trained readout: logits = Linear(ReLU(Linear(spike rates))), with dropout between the two in training, or Linear(spike rates) alone.</summary>
public sealed record Readout
{
    private const int MostHiddenUnits = 65_536, MostWindows = 1000;

    /// <summary>Whose spike rates it reads. Default <see cref="ReadLayers.Last"/>.</summary>
    public ReadLayers Layers { get; init; }

    /// <summary>
    /// Into how many windows of equal length a row's time steps are cut, at most 1,000. The spike rates of each are read apart, so that the readout knows
    /// early from late; of a sequence that ends before the stated maximum they are windows of its own steps. Default 1, the rates over all steps.
    /// </summary>
    public int Windows { get; init; } = 1;

    /// <summary>
    /// What is made of the windows. Default <see cref="WindowPooling.Concatenate"/>. Otherwise the same weights read each of two windows or more, and of a
    /// neuron not its spikes in the window but those from the row's first step to the window's end, over <see cref="SpikingNetwork.TimeSteps"/>: what can be
    /// known then, so that a prediction can come before the end.
    /// </summary>
    public WindowPooling Pooling { get; init; }

    /// <summary>
    /// The time constant of a readout that forgets, in time steps, as a leaky integrator has one: n steps before the end of its window, or of the row, a spike
    /// counts exp(-n / TimeConstant), and a rate is the mean of what counts. A short one reads the last steps, a very long one the rates as they are. Default
    /// null: every spike of a window counts alike.
    /// </summary>
    public double? TimeConstant { get; init; }

    /// <summary>Units of the hidden layer, at most 65,536; 0 for none, a linear readout. Default 512.</summary>
    public int HiddenUnits { get; init; } = 512;

    /// <summary>Probability that a hidden unit is dropped in a training step, 0 to below 1. Default 0.2.</summary>
    public double Dropout { get; init; } = 0.2;

    /// <summary>How often its weights read a row.</summary>
    internal int Readings => Pooling == WindowPooling.Concatenate ? 1 : Windows;

    /// <summary>Whether its readings are averaged by weights that learn.</summary>
    internal bool Attends => Pooling == WindowPooling.Attention;

    /// <summary>Numbers that the output layer sees, of so many inputs of the readout.</summary>
    internal int OutputInputs(int inputs) => HiddenUnits == 0 ? inputs : HiddenUnits;

    internal void Check()
    {
        Require.That(Enum.IsDefined(Layers), $"Readout.Layers is {Layers}, but it must be Last or All.");
        Require.Positive(Windows, "Readout.Windows", MostWindows);
        Require.That(Enum.IsDefined(Pooling), $"Readout.Pooling is {Pooling}, but it must be Concatenate, Maximum or Attention.");
        Require.That(Pooling == WindowPooling.Concatenate || Windows > 1,
            $"Readout.Pooling is {Pooling}, but there is a single window, of which nothing is to be made; set Readout.Windows to 2 or more, as to TimeSteps.");
        if (TimeConstant is { } time) Neuron.CheckTime(time, "Readout.TimeConstant");
        Require.NotNegative(HiddenUnits, "Readout.HiddenUnits", MostHiddenUnits);
        Require.That(Dropout is >= 0 and < 1, $"Readout.Dropout is {Dropout}, but it must be at least 0 and less than 1.");
    }
}
