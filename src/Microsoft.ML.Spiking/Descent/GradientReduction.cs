using System.Runtime.InteropServices;
using Microsoft.ML.Spiking.Kernels;

namespace Microsoft.ML.Spiking.Descent;

/// <summary>Adds the gradients of several processes up.</summary>
/// <param name="others">The processes.</param>
/// <param name="order">In what order.</param>
internal sealed class GradientReduction(TrainingCommunicator others, GradientSum order)
{
    private AlignedFloats _exchanged = new(0);

    /// <summary>Adds up.</summary>
    /// <param name="gradient">This process's, of a <see cref="Padded"/> length; becomes the sum.</param>
    public void Sum(AlignedFloats gradient)
    {
        if (order == GradientSum.Fast)
        {
            others.Sum(gradient.Span);
            return;
        }
        // Each process adds up the part of all gradients that is its own, so that no more is sent than a ring would send.
        if (_exchanged.Length != gradient.Length) _exchanged = new AlignedFloats(gradient.Length);
        int part = gradient.Length / others.Size;
        others.Exchange(gradient.Span, _exchanged.Span);
        GradientTree.AddRows(_exchanged, part);
        others.Gather(MemoryMarshal.AsBytes(_exchanged.Span[..part]), MemoryMarshal.AsBytes(gradient.Span));
    }

    /// <summary>The least length from so many numbers on that so many processes take equal parts of.</summary>
    public static int Padded(int length, int processes) => (length + processes - 1) / processes * processes;
}
