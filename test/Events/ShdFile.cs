using PureHDF;

namespace Microsoft.ML.Spiking.Tests;

/// <summary>Writes HDF5 files of the layout of the Spiking Heidelberg Digits.</summary>
internal static class ShdFile
{
    /// <typeparam name="TTime">Half, float or double.</typeparam>
    /// <typeparam name="TUnit">An integer.</typeparam>
    /// <param name="times">Seconds, [recording][event].</param>
    /// <param name="units">As many of them.</param>
    /// <param name="labels">Of each recording; null for none.</param>
    /// <param name="names">What they are called; null for nothing.</param>
    public static byte[] Bytes<TTime, TUnit>(TTime[][] times, TUnit[][] units, int[]? labels, string[]? names = null)
    {
        var file = new H5File { ["spikes"] = new H5Group { ["times"] = new H5Dataset(times), ["units"] = new H5Dataset(units) } };
        if (labels is not null) file["labels"] = new H5Dataset(labels);
        if (names is not null) file["extra"] = new H5Group { ["keys"] = new H5Dataset(names) };
        using var bytes = new MemoryStream();
        file.Write(bytes);
        return bytes.ToArray();
    }
}
