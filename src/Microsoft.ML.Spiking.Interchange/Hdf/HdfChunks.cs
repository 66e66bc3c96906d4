namespace Microsoft.ML.Spiking.Hdf;

/// <summary>Finds the chunks of a dataset.</summary>
internal static class HdfChunks
{
    /// <summary>Those that were written.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="layout">How they lie.</param>
    /// <param name="space">The shape of the dataset.</param>
    /// <param name="chunkBytes">Of a chunk before it was filtered.</param>
    /// <param name="isFiltered">Whether it was.</param>
    public static IEnumerable<HdfChunk> Of(HdfBytes bytes, HdfLayout.Chunked layout, HdfSpace space, long chunkBytes, bool isFiltered)
    {
        if (layout.Address == HdfBytes.Nowhere) return [];
        return layout.Index switch
        {
            ChunkIndex.Tree => ChunkTree.Read(bytes, layout),
            ChunkIndex.Single => [new HdfChunk(new long[layout.Shape.Length], layout.Address, layout.Lone?.Size ?? chunkBytes, layout.Lone?.Mask ?? 0)],
            ChunkIndex.Implicit => Origins(layout, space).Select((origin, i) => new HdfChunk(origin, layout.Address + i * chunkBytes, chunkBytes, 0)),
            _ => Origins(layout, space).Zip(FixedArray.Read(bytes, layout.Address, chunkBytes, isFiltered), (origin, chunk) => chunk with { Origin = origin }),
        };
    }

    /// <summary>Where chunks begin, in the order of their elements.</summary>
    private static IEnumerable<long[]> Origins(HdfLayout.Chunked layout, HdfSpace space)
    {
        long[] origin = new long[layout.Shape.Length];
        while (space.Count > 0)
        {
            yield return [.. origin];
            int axis = origin.Length - 1;
            for (; axis >= 0; axis--)
            {
                origin[axis] += layout.Shape[axis];
                if (origin[axis] < space.Shape[axis]) break;
                origin[axis] = 0;
            }
            if (axis < 0) yield break;
        }
    }
}
