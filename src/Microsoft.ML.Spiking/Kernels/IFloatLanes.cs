namespace Microsoft.ML.Spiking.Kernels;

/// <summary>Samples in the float32 lanes of a register: what the kernels of a batch ask of vectors of a width.</summary>
/// <remarks>
/// Each lane takes its own operations in one order, so a batch comes out equal to the bit at every width. What implements it are structures that hold
/// nothing: the kernels are compiled for each, and call nothing.
/// </remarks>
/// <typeparam name="TFloats">A register.</typeparam>
internal unsafe interface IFloatLanes<TFloats> where TFloats : unmanaged
{
    /// <summary>One number in all lanes.</summary>
    static abstract TFloats Spread(float value);

    static abstract TFloats Load(float* values);

    /// <summary>16-bit integers as float32.</summary>
    static abstract TFloats Load(short* values);

    static abstract void Store(TFloats values, float* target);

    static abstract TFloats Add(TFloats a, TFloats b);

    static abstract TFloats Multiply(TFloats a, TFloats b);

    /// <summary>decay · state + input, rounded twice, as plain tensor operations round it.</summary>
    static abstract TFloats Leak(TFloats decay, TFloats state, TFloats input);

    /// <summary>All bits set in the lanes where a ≥ b.</summary>
    static abstract TFloats AtLeast(TFloats a, TFloats b);

    /// <summary>The one where all bits of the mask are set, the other where none is.</summary>
    static abstract TFloats Select(TFloats mask, TFloats one, TFloats other);

    /// <summary>A mask's lanes as bits, the first lane's the lowest.</summary>
    static abstract ulong Bits(TFloats mask);

    /// <summary>sum + value in the lanes whose bit is set, the first lane's the lowest; sum in the others. Bits beyond the lanes mean nothing.</summary>
    static abstract TFloats AddWhere(uint bits, TFloats sum, TFloats value);

    /// <summary>Adds the sign to each count whose bit is set, of as many as four registers have lanes.</summary>
    static abstract void Count(ulong bits, sbyte sign, sbyte* counts);
}
