using System.Collections.Concurrent;
using TorchSharp;

namespace Microsoft.ML.Spiking.Native;

/// <summary>Constants as torch scalars that live as long as the process.</summary>
/// <remarks>
/// A number in an expression of tensors becomes a <see cref="Scalar"/> that only the finaliser frees, and it may do so while native code still
/// reads it: "Unknown scalar type", about once in ten thousand training steps. So no scalar is left to the finaliser, as no tensor is. TorchSharp's own
/// methods do so too, a + b and square() among them; a test reads the compiled code for calls of such.
/// Only for constants of a rule; a number that changes from step to step is <see cref="Passing"/>.
/// </remarks>
internal static class RootedScalars
{
    private static readonly ConcurrentDictionary<double, Scalar> s_scalars = new();

    /// <summary>1: what TorchSharp's sums multiply their second term by, and would make anew each time.</summary>
    public static Scalar One { get; } = 1.0.Rooted();

    /// <summary>A number that changes from step to step. Whoever asks for it disposes it after the call, by <c>using</c>: so it lives until then.</summary>
    public static Scalar Passing(double value) => value.ToScalar();

    public static Scalar Rooted(this double value) => s_scalars.GetOrAdd(value, static v => v.ToScalar());
}
