using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>MNIST, from the folder that SPIKING_DATA names.</summary>
internal static class Digits
{
    private static readonly IdxFolder s_folder = new("SPIKING_DATA", "MNIST");

    public static IDataView Training(MLContext ml) => s_folder.Training(ml);

    public static IDataView Test(MLContext ml) => s_folder.Test(ml);

    /// <summary>The pixels of all rows, [row, input], in memory.</summary>
    public static float[] Pixels(IDataView digits) => [.. digits.GetColumn<float[]>("Features").SelectMany(row => row)];
}
