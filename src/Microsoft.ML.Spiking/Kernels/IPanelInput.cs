using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking;

/// <summary>What drives the 64 neurons of a panel. Its implementations are structs, so that the kernel is compiled once for each, without calls.</summary>
internal interface IPanelInput
{
    /// <summary>The input current of each neuron in a time step.</summary>
    void Current(int step, out Vector512<float> c0, out Vector512<float> c1, out Vector512<float> c2, out Vector512<float> c3);
}
