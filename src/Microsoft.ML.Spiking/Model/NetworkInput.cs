using Microsoft.ML.Spiking.Codes;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Kernels;

namespace Microsoft.ML.Spiking.Model;

/// <summary>From a column's shape to what a network reads of it: the one way that trainers, transformers, stored models and the tool go.</summary>
internal static class NetworkInput
{
    /// <summary>What the code makes of a column; null where it cannot read such a one.</summary>
    public static InputShape? Shape(this SpikingNetwork network, InputShape column) => network.Code is { } code ? code.Shape(column) : column;

    /// <summary>Says what does not fit before any row is read.</summary>
    /// <param name="network">The network.</param>
    /// <param name="shape">What it reads.</param>
    /// <param name="classes">Classes of the readout; 0 where there is none.</param>
    /// <param name="copies">How often all that is trained is held: itself, and what the optimiser remembers of it.</param>
    /// <exception cref="ArgumentException">The network is too large for this process, or its code or patches do not fit the input.</exception>
    public static void CheckFit(this SpikingNetwork network, InputShape shape, int classes, int copies)
    {
        if (ModelSize.Fault(network, shape, classes, copies, ModelSize.Memory) is { } tooLarge) throw Trouble.Fit.Argument(tooLarge);
        _ = ReceptiveFields.Of(network.Layers[0], shape);
        LargestInputs.Check(network.Code, network.EvaluationCode, shape);
    }
}
