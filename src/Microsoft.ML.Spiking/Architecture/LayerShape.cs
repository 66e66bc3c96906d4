using Microsoft.ML.Spiking.Images;

namespace Microsoft.ML.Spiking.Architecture;

/// <summary>What a layer is in a network whose input is known.</summary>
/// <param name="Groups">What its rates are told of: its cortical columns, or its channels.</param>
/// <param name="PerGroup">Neurons of each that others read.</param>
/// <param name="Synapses">Weights of each set: a neuron's inputs, once for each delay.</param>
internal sealed record LayerShape(int Groups, int PerGroup, int Synapses)
{
    /// <summary>Neurons of each that fire, before any pooling.</summary>
    public int Firing { get; init; } = PerGroup;

    /// <summary>How what others read is feature maps; null where it is none.</summary>
    public ImageShape? Map { get; init; }

    /// <summary>Neurons that others read: the inputs of a layer that follows, or of the readout. Where they are too many to count, as many as can be.</summary>
    public int Neurons => Counted((long)Groups * PerGroup);

    /// <summary>What a layer that follows reads.</summary>
    public LayerInput Output => new(Neurons, Map);

    /// <summary>A number of neurons or weights; no array holds the largest one, and so nothing that large is ever made.</summary>
    public static int Counted(long number) => (int)Math.Min(number, int.MaxValue);
}
