using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Hdf;
using Microsoft.ML.Spiking.Nir;

namespace Microsoft.ML.Spiking;

/// <summary>Reads and writes NIR files, in which simulators and neuromorphic chips exchange spiking networks.</summary>
public static class NirFile
{
    /// <summary>
    /// Reads a file, and checks it more than the Python package <c>nir</c> does: shapes, values that are no numbers, edges, nodes that nothing leads to.
    /// </summary>
    /// <param name="path">The file. No other is ever opened.</param>
    /// <exception cref="InvalidDataException">
    /// It is damaged, no NIR file, or holds what is not read here: cycles, convolutions, pools, delays. The message names the file and the node.
    /// </exception>
    /// <exception cref="IOException">It cannot be opened, or read to its end.</exception>
    public static NirGraph Read(string path) => HdfFile.Read(path, "a NIR file", NirReader.Read);

    /// <summary>Writes a file, whole or not at all. The same graph makes the same bytes.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="graph">The graph.</param>
    /// <exception cref="ArgumentException">The graph is none that could be read again; the message names the node.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, NirGraph graph)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(graph);
        NirPlan.OfGiven(graph);
        WholeFile.Write(path, stream => NirWriter.Write(graph, stream));
    }
}
