namespace Microsoft.ML.Spiking.Fused;

/// <summary>What an argument of a kernel is.</summary>
internal enum KernelArgumentKind
{
    Int32,
    Int64,
    Float32,

    /// <summary>Where float32 numbers lie, and how many: a view of ILGPU's.</summary>
    Numbers,
}
