namespace Microsoft.ML.Spiking.Tests;

/// <summary>MNIST, from the folder that SPIKING_DATA names.</summary>
internal static class Mnist
{
    public static IDataView Training(MLContext ml) => Load(ml, "train");

    public static IDataView Test(MLContext ml) => Load(ml, "t10k");

    private static IDataView Load(MLContext ml, string set) => ml.Data.LoadFromIdx(Find($"{set}-images-idx3-ubyte"), Find($"{set}-labels-idx1-ubyte"));

    private static string Find(string name)
    {
        string plain = Path.Combine(RequiresMnistAttribute.Folder!, name);
        return File.Exists(plain) ? plain : plain + ".gz";
    }
}
