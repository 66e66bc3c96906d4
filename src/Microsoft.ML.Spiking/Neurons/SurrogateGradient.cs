using System.Text.Json.Serialization;

namespace Microsoft.ML.Spiking;

/// <summary>
/// What stands for the derivative of a spike, which is 0 or infinite, where a network is trained through its spikes (Neftci, Mostafa and Zenke 2019).
/// </summary>
/// <remarks>
/// <para>Forward, a spike is a step: 1 where v = membrane - threshold is at least 0. Backward, it is differentiated as if it were a smooth function
/// of v; the members of the family are such functions, and their remarks give the derivative.</para>
/// <para>A closed family, since it is stored in models: <see cref="ATan"/>, <see cref="FastSigmoid"/>, <see cref="Triangle"/>,
/// <see cref="StraightThrough"/>.</para>
/// </remarks>
[JsonDerivedType(typeof(ATan), "atan")]
[JsonDerivedType(typeof(FastSigmoid), "fast-sigmoid")]
[JsonDerivedType(typeof(Triangle), "triangle")]
[JsonDerivedType(typeof(StraightThrough), "straight-through")]
public abstract record SurrogateGradient
{
    private protected SurrogateGradient() { }

    /// <summary>∂spike/∂v where the membrane is v above the threshold.</summary>
    internal abstract float Derivative(float v);

    internal abstract void Check();
}
