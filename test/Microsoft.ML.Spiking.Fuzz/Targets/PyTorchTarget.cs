using System.IO.Compression;
using Microsoft.ML.Spiking.Checkpoints;
using Microsoft.ML.Spiking.Fuzz.Mutators;

namespace Microsoft.ML.Spiking.Fuzz.Targets;

/// <summary>Networks in PyTorch's checkpoints, ours and the published program's: loaded, and one row sent through them.</summary>
internal sealed class PyTorchTarget : IFuzzTarget
{
    private static readonly ZipMutator s_zips = new(_ => { }, CompressionLevel.NoCompression);
    private static readonly Lazy<IReadOnlyList<byte[]>> s_seeds = new(() => [.. Made()]);

    // A file of its own for each target: tests run side by side.
    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("spiking-fuzz-pth-").FullName, "mutant.pth");

    public string Name => "pth";

    public IReadOnlyList<byte[]> Seeds => s_seeds.Value;

    public byte[] Mutate(byte[] file, RandomStream random) => s_zips.Mutate(file, random);

    public void Open(byte[] file)
    {
        File.WriteAllBytes(_path, file);
        var ml = new MLContext(seed: 1);
        if (PyTorchFile.Read(_path).Classes > 0) ModelTarget.Use(ml, ml.Model.LoadFromPyTorch(_path));
    }

    public bool IsRefusal(Exception error) => error is InvalidDataException && Trouble.Foreign.Is(error);

    private static IEnumerable<byte[]> Made()
    {
        string path = Path.GetTempFileName();
        SpikingModel published = SmallModels.Published();
        foreach (SpikingModel model in SmallModels.Networks.Select(network => network.Model).Append(published))
        {
            PyTorchFile.Write(model, path);
            yield return File.ReadAllBytes(path);
        }
        File.Delete(path);
        // As the program itself saves it, twice, since all but its own keys are the same as ours.
        yield return Saved(new()
        {
            ["model_state_dict"] = PublishedState.Of(published),
            ["hyperparams"] = new PickleDict { ["time_steps"] = 4L, ["tau_mem"] = 20L, ["tau_syn"] = 5L, ["columns"] = 3L },
            ["history"] = new PickleDict { ["train_loss"] = PickleTensor.Of([1.5, 0.5]), ["test_acc"] = PickleTensor.Of([71.0, 83.0]) },
        });
        yield return Saved(new() { ["hyperparams"] = new PickleDict { ["T"] = 4L }, ["weights"] = PublishedState.Of(published) });
    }

    private static byte[] Saved(PickleDict root)
    {
        var (pickle, storages) = Pickler.Write(root);
        return ZipMutator.Pack([new("archive/data.pkl", pickle), .. storages.Select((bytes, i) => new ZipPart($"archive/data/{i}", bytes))], CompressionLevel.NoCompression);
    }
}
