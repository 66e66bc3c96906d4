namespace Microsoft.ML.Spiking.Benchmarks;

/// <summary>Images and labels in the four IDX files that MNIST came in, plain or gzip.</summary>
/// <param name="variable">The variable of the environment that names the folder.</param>
/// <param name="name">What is in it.</param>
/// <param name="otherwise">Where it may be else; null for nowhere.</param>
internal sealed class IdxFolder(string variable, string name, string? otherwise = null)
{
    public IDataView Training(MLContext ml) => Load(ml, "train");

    public IDataView Test(MLContext ml) => Load(ml, "t10k");

    private IDataView Load(MLContext ml, string set) => ml.Data.LoadFromIdx(Find($"{set}-images-idx3-ubyte"), Find($"{set}-labels-idx1-ubyte"));

    private string Find(string file)
    {
        string folder = Environment.GetEnvironmentVariable(variable) ?? (Directory.Exists(otherwise) ? otherwise
            : throw new InvalidOperationException($"{variable} is not set, but this benchmark needs {name}; set it to the folder of its four IDX files."));
        string plain = Path.Combine(folder, file);
        return File.Exists(plain) ? plain : plain + ".gz";
    }
}
