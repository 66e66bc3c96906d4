using System.IO.Compression;
using Microsoft.ML.Spiking.Files;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Storage;
using Microsoft.ML.Spiking.Tensors;
using Microsoft.ML.Spiking.Transforms;

namespace Microsoft.ML.Spiking.Checkpoints;

/// <summary>A trained network as a checkpoint of PyTorch's: the published program's, and those of this library, which say all that a model.zip says.</summary>
/// <remarks>
/// A checkpoint of ours is a dictionary of
/// model_state_dict        the tensors: under the published program's keys where it computes the same (<see cref="PublishedForm"/>), else under ours
/// hyperparams, history, epoch, test_accuracy, spike_rate, training_time   what the program saves
/// microsoft.ml.spiking    the <see cref="ModelRecords"/>, and under "arrays" what the program has no keys for
/// </remarks>
internal static class PyTorchModel
{
    private const string State = "model_state_dict", Ours = "microsoft.ml.spiking", Arrays = "arrays", Hyperparams = "hyperparams", Folder = "archive/";

    // Of all files the same, so that equal networks make equal files.
    private static readonly DateTimeOffset s_written = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="path">The file to write.</param>
    /// <param name="model">The network.</param>
    /// <param name="outputs">What its answers look like; null where nobody has said.</param>
    /// <param name="golden">What the file promises; null for nothing.</param>
    public static void Write(string path, SpikingModel model, ClassOutputs? outputs, GoldenRows? golden = null)
    {
        var (pickle, storages) = Pickler.Write(Root(model, outputs, golden));
        WholeFile.Write(path, stream =>
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
            Add(zip, "data.pkl", pickle);
            Add(zip, "byteorder", "little"u8);
            for (int i = 0; i < storages.Count; i++) Add(zip, $"data/{i}", storages[i]);
            Add(zip, "version", "3\n"u8);
        });
    }

    /// <param name="path">The file.</param>
    /// <param name="options">What it may not say.</param>
    /// <returns>The network, what its answers look like, and which hyperparams have been passed over.</returns>
    /// <exception cref="InvalidDataException">The file is damaged, or holds no such network.</exception>
    public static (SpikingModel Model, ClassOutputs? Outputs, string[] PassedOver) Read(string path, PyTorchOptions options)
        => ForeignFile.Read(path, "a PyTorch checkpoint", stream =>
        {
            using var archive = new TorchArchive(stream);
            PickleDict root = Root(archive);
            if (root.GetValueOrDefault(Ours) is PickleDict ours)
            {
                var (known, answers) = ReadOurs(root, ours, archive);
                return (known, answers, []);
            }
            var state = new PublishedState(Find(root), archive);
            var stated = new Hyperparameters(root.GetValueOrDefault(Hyperparams) as PickleDict, archive);
            var (model, outputs) = PublishedNetwork.Of(state, stated, new PublishedHistory(root, archive), options);
            return (model, (ClassOutputs?)outputs, (string[])[.. stated.Unread]);
        });

    /// <summary>What a file promises; null where it promises nothing.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static GoldenRows? ReadGolden(string path) => ForeignFile.Read(path, "a PyTorch checkpoint", stream =>
    {
        using var archive = new TorchArchive(stream);
        return Root(archive).GetValueOrDefault(Ours) is PickleDict ours ? ModelRecords.Golden(Texts(ours)) : null;
    });

    private static PickleDict Root(TorchArchive archive)
        => archive.Root() as PickleDict ?? throw new InvalidDataException("it holds no dictionary, but a checkpoint is one.");

    private static Dictionary<string, string> Texts(PickleDict ours)
        => ours.Where(text => text.Value is string).ToDictionary(text => text.Key, text => (string)text.Value!);

    private static (SpikingModel Model, ClassOutputs? Outputs) ReadOurs(PickleDict root, PickleDict ours, TorchArchive archive)
    {
        PickleDict state = root.GetValueOrDefault(State) as PickleDict ?? throw new InvalidDataException($"it has no '{State}'.");
        Dictionary<string, TorchTensor> tensors = Tensors(state);
        PublishedState? published = tensors.ContainsKey(PublishedState.Mark) ? new PublishedState(tensors, archive) : null;
        Dictionary<string, TorchTensor> rest = published is null ? tensors : Tensors(ours.GetValueOrDefault(Arrays) as PickleDict ?? []);
        var (model, outputs) = ModelRecords.Read(Texts(ours), $"'{Ours}'", shapes =>
        {
            Dictionary<string, float[]> arrays = published?.Arrays() ?? [];
            foreach (var (name, shape) in shapes)
            {
                if (!arrays.ContainsKey(name)) arrays[name] = Array(rest, name, shape, archive);
                if (arrays[name].Length != SafeTensors.Size(shape))
                    throw new InvalidDataException(
                        $"its '{name}' has {arrays[name].Length} numbers, but the network of its '{Ours}' has {SafeTensors.Size(shape)}.");
            }
            return arrays;
        });
        if (published is null) return (model, outputs);
        if (model.Network.Layers is not [ColumnLayer layer] || !PublishedNetwork.HasConstants(layer, published))
            throw new InvalidDataException($"its '{State}' and its '{Ours}' are of different networks; take the latter out to have the former read alone.");
        // The state_dict is what a program changes.
        return (model with { Layers = [model.Layers[0] with { TargetRate = published.TargetRate }] }, outputs);
    }

    private static float[] Array(Dictionary<string, TorchTensor> tensors, string name, int[] shape, TorchArchive archive)
    {
        if (!tensors.TryGetValue(name, out TorchTensor? tensor)) throw new InvalidDataException($"it has no '{name}'.");
        return tensor.Shape.SequenceEqual(shape.Select(d => (long)d))
            ? archive.Read(tensor)
            : throw new InvalidDataException($"its '{name}' is {tensor.Said}, but should have the shape [{string.Join(", ", shape)}].");
    }

    /// <summary>The tensors of the published program, wherever they stand, without what wrappers of modules put before their keys.</summary>
    private static Dictionary<string, TorchTensor> Find(PickleDict root)
    {
        PickleDict[] states = [.. root.Values.OfType<PickleDict>().Prepend(root).Where(part => part.Keys.Any(IsMark))];
        if (states is not [var state])
            throw new InvalidDataException(states.Length > 1
                ? $"it has {states.Length} state_dicts of the published program; leave one."
                : $"it has no '{PublishedState.Mark}', and so no network of the published program; it has "
                    + $"{string.Join(", ", root.Keys.Take(6).Select(key => $"'{key}'"))}.");
        string prefix = state.Keys.First(IsMark)[..^PublishedState.Mark.Length];
        return Tensors(state, prefix);

        static bool IsMark(string key) => key.EndsWith(PublishedState.Mark, StringComparison.Ordinal);
    }

    private static Dictionary<string, TorchTensor> Tensors(PickleDict state, string prefix = "")
    {
        var tensors = new Dictionary<string, TorchTensor>();
        foreach (var (key, value) in state)
            if (value is TorchTensor tensor && !tensors.TryAdd(key.StartsWith(prefix, StringComparison.Ordinal) ? key[prefix.Length..] : key, tensor))
                throw new InvalidDataException($"it has '{key}' twice.");
        return tensors;
    }

    private static PickleDict Root(SpikingModel model, ClassOutputs? outputs, GoldenRows? golden)
    {
        bool published = PublishedForm.Has(model);
        var records = new PickleDict();
        foreach (var (name, text) in ModelRecords.Of(model, outputs, golden)) records[name] = text;
        var arrays = new PickleDict(ordered: true);
        foreach (var (name, shape, values) in SpikingModelArrays.Of(model))
            if (!published || !PublishedState.Names.Contains(name)) arrays[name] = PickleTensor.Of(shape, values.Span);
        if (published) records[Arrays] = arrays;
        var root = new PickleDict
        {
            ["epoch"] = (long)model.Training.History.Count,
            [State] = published ? PublishedState.Of(model) : arrays,
            [Hyperparams] = Stated(model),
            ["history"] = History(model.Training.History),
            ["spike_rate"] = PickleTensor.Of(model.Training.SpikeRate),
            ["training_time"] = PickleTensor.Of(model.Provenance.Duration.TotalSeconds),
            [Ours] = records,
        };
        if (model.Training.ValidationAccuracy is { } accuracy) root["test_accuracy"] = PickleTensor.Of(accuracy);
        return root;
    }

    private static PickleDict Stated(SpikingModel model)
    {
        var stated = new PickleDict
        {
            ["time_steps"] = (long)model.Steps, ["inputs"] = (long)model.Input.Inputs, ["classes"] = (long)model.Classes,
            ["hidden_units"] = (long)model.Network.Readout.HiddenUnits,
        };
        if (model.Network.Layers is not [ColumnLayer layer]) return stated;
        stated["columns"] = (long)layer.Columns;
        stated["neurons_per_column"] = (long)layer.NeuronsPerColumn;
        if (layer.Excitatory is not LifNeuron neuron) return stated;
        stated["tau_mem"] = PickleTensor.Of(neuron.MembraneTimeConstant);
        stated["tau_syn"] = PickleTensor.Of(neuron.SynapseTimeConstant);
        return stated;
    }

    private static PickleDict History(IReadOnlyList<EpochRecord> epochs) => new()
    {
        ["train_loss"] = PickleTensor.Of([.. epochs.Select(epoch => epoch.Loss)]),
        ["train_accuracy"] = PickleTensor.Of([.. epochs.Select(epoch => epoch.Accuracy)]),
        ["test_accuracy"] = PickleTensor.Of([.. epochs.Select(epoch => epoch.ValidationAccuracy ?? double.NaN)]),
        ["spike_rate"] = PickleTensor.Of([.. epochs.Select(epoch => epoch.SpikeRate)]),
    };

    private static void Add(ZipArchive zip, string name, ReadOnlySpan<byte> bytes)
    {
        ZipArchiveEntry entry = zip.CreateEntry(Folder + name, CompressionLevel.NoCompression);
        entry.LastWriteTime = s_written;
        using Stream stream = entry.Open();
        stream.Write(bytes);
    }
}
