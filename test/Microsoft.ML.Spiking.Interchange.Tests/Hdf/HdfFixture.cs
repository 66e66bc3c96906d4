using System.Runtime.CompilerServices;

namespace Microsoft.ML.Spiking.Tests.Hdf;

/// <summary>Files that h5py made (Fixtures/make.py).</summary>
internal static class HdfFixture
{
    public static IEnumerable<string> Whole { get; } = ["gzip.h5", "lzf.h5", "latest.h5", "eighteen.h5"];

    public static string Path(string name, [CallerFilePath] string here = "") => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(here)!, "Fixtures", name);

    public static T Read<T>(string name, Func<HdfGroup, T> read) => HdfFile.Read(Path(name), "an HDF5 file", read);
}
