using System.Collections.Immutable;

namespace Microsoft.ML.Spiking;

/// <summary>y = Weight · x + Bias.</summary>
/// <param name="Weight">[outputs, inputs].</param>
/// <param name="Bias">[outputs].</param>
public sealed record NirAffine(NirTensor Weight, NirTensor Bias) : NirNode
{
    internal override string Kind => "Affine";

    internal override ImmutableArray<(string Name, NirTensor Value)> Parameters => [("weight", Weight), ("bias", Bias)];
}
