namespace Microsoft.ML.Spiking.Kernels;

/// <summary>What a thread works in with a <see cref="MapProduct"/>.</summary>
/// <param name="Seen">Some maps as the columns of the kernel see them, [map, input, kernel column, row with 0 above and below, column].</param>
/// <param name="Left">A panel of one factor of a product.</param>
/// <param name="Right">Panels of the other.</param>
/// <param name="Tiles">What is made, before it goes where it belongs.</param>
internal sealed record MapProductRoom(AlignedFloats Seen, AlignedFloats Left, AlignedFloats Right, AlignedFloats Tiles);
