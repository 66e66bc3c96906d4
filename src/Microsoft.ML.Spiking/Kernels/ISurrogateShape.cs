using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>A <see cref="SurrogateGradient"/> in sixteen lanes; a structure, so that the kernel is compiled for each and calls nothing.</summary>
internal interface ISurrogateShape
{
    /// <summary>∂spike/∂v.</summary>
    Vector512<float> Derivative(Vector512<float> v);
}
