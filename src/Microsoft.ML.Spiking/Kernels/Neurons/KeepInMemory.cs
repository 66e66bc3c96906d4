using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>Keeps the numbers of a panel, [step, number, lane].</summary>
internal readonly ref struct KeepInMemory(ref float first) : IKeeper<KeepInMemory>
{
    private readonly ref float _first = ref first;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public KeepInMemory At(int offset) => new(ref Unsafe.Add(ref _first, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Keep(int number, Vector512<float> values) => values.StoreUnsafe(ref _first, (nuint)(number * Lanes.Panel));
}
