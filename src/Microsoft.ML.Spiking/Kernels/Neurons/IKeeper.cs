using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>Takes what a neuron's step offers to keep; a structure, so that the kernel is compiled for each and one that keeps nothing costs nothing.</summary>
internal interface IKeeper<TSelf> where TSelf : struct, IKeeper<TSelf>, allows ref struct
{
    /// <summary>The keeper for numbers that lie further on.</summary>
    TSelf At(int offset);

    /// <param name="number">Which of the numbers that are kept of each lane and step.</param>
    /// <param name="values">It, in sixteen lanes.</param>
    void Keep(int number, Vector512<float> values);
}
