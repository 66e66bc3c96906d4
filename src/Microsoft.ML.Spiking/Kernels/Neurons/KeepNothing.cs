using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>Forgets.</summary>
internal readonly struct KeepNothing : IKeeper<KeepNothing>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public KeepNothing At(int offset) => this;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Keep(int number, Vector512<float> values) { }
}
