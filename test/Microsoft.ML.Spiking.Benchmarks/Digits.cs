using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>MNIST, from the folder that SPIKING_DATA names.</summary>
internal static class Digits
{
    public static IDataView Training(MLContext ml) => Load(ml, "train");

    public static IDataView Test(MLContext ml) => Load(ml, "t10k");

    /// <summary>The pixels of all rows, [row, input], in memory.</summary>
    public static float[] Pixels(IDataView digits) => [.. digits.GetColumn<float[]>("Features").SelectMany(row => row)];

    private static IDataView Load(MLContext ml, string set) => ml.Data.LoadFromIdx(Find($"{set}-images-idx3-ubyte"), Find($"{set}-labels-idx1-ubyte"));

    private static string Find(string name)
    {
        string folder = Environment.GetEnvironmentVariable("SPIKING_DATA")
            ?? throw new InvalidOperationException("SPIKING_DATA is not set, but this benchmark needs MNIST; set it to the folder of its four IDX files.");
        string plain = Path.Combine(folder, name);
        return File.Exists(plain) ? plain : plain + ".gz";
    }
}
