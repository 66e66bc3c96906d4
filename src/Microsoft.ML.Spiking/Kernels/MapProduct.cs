namespace Microsoft.ML.Spiking.Kernels;

/// <summary>The products of a convolution: from maps and weights to what they make, and from maps and the gradient of that to the weights' gradient.</summary>
/// <remarks>
/// <para>Each number is one chain of fused multiply-adds in one order: over kernel row, input channel and kernel column, or over maps and places. So it is the
/// same to the bit whatever the width of the machine's vectors and the number of threads.</para>
/// <para>Thread-safe but for <see cref="Take"/>; what a run changes is the caller's.</para>
/// </remarks>
internal abstract class MapProduct(MapKernel kernel)
{
    /// <summary>The convolution.</summary>
    public MapKernel Kernel { get; } = kernel;

    /// <summary>The products of a convolution, by the tiles that this machine computes fastest with.</summary>
    public static MapProduct Of(MapKernel kernel) => Of(kernel, MatrixProduct.Lanes);

    /// <summary>The same, with lanes of one's own.</summary>
    /// <param name="kernel">The convolution.</param>
    /// <param name="lanes">Lanes of a vector: 16, 8 or 4.</param>
    public static MapProduct Of(MapKernel kernel, int lanes)
        => lanes == 16 ? new MapProduct<Tile16>(kernel) : lanes == 8 ? new MapProduct<Tile8>(kernel) : new MapProduct<Tile4>(kernel);

    /// <summary>Numbers of the sums that <see cref="AddWeights"/> adds to.</summary>
    public abstract int Sums { get; }

    /// <summary>Room for a thread.</summary>
    public abstract MapProductRoom Room();

    /// <summary>Takes the weights as they are now.</summary>
    /// <param name="weights">[output, input, kernel row, kernel column].</param>
    /// <param name="back">Whether they are those of the convolution that this one is the way back of, as they lie there.</param>
    public abstract void Take(ReadOnlySpan<float> weights, bool back = false);

    /// <summary>Makes what the weights make of maps, of which there are 0 around the image.</summary>
    /// <param name="maps">[map, input, place].</param>
    /// <param name="made">Receives [map, output, place].</param>
    /// <param name="room">The thread's.</param>
    public abstract void Run(ReadOnlySpan<float> maps, Span<float> made, MapProductRoom room);

    /// <summary>Adds to the weights' gradient: Σ over maps and places of what a weight sees · the gradient of what it makes.</summary>
    /// <param name="maps">[map, input, place].</param>
    /// <param name="gradient">[map, output, place].</param>
    /// <param name="sums">Added to, in an order of its own; all 0 at first.</param>
    /// <param name="room">The thread's.</param>
    public abstract void AddWeights(ReadOnlySpan<float> maps, ReadOnlySpan<float> gradient, AlignedFloats sums, MapProductRoom room);

    /// <summary>Adds sums to a gradient that lies as the weights do.</summary>
    /// <param name="sums">As <see cref="AddWeights"/> has made them.</param>
    /// <param name="gradient">Added to, [output, input, kernel row, kernel column].</param>
    public abstract void Leave(AlignedFloats sums, Span<float> gradient);
}
