using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Storage;

namespace Microsoft.ML.Spiking.Fitting;

/// <summary>A <see cref="Checkpoint"/> as a zip file, which other tools can look into.</summary>
/// <remarks>
/// *** Binary format ***
/// Checkpoint.json      CheckpointHeader, with the format's version
/// Network.json         SpikingNetwork; what an older version left out is as by default
/// Recipe.json          TrainingRecipe; the same
/// Inputs.safetensors   of each layer the weights of its inputs, [column, neuron, input]
/// State.safetensors    what else goes on, in the order of <see cref="Engines.NetworkTraining.State"/>
/// Best.safetensors     the best model's arrays as in model.zip, where there is one
/// SHA256               of all bytes of the entries above in their order, as text
/// </remarks>
internal static class CheckpointFile
{
    /// <summary>The entries.</summary>
    public const string Header = "Checkpoint.json", Network = "Network.json", Recipe = "Recipe.json", Weights = "Inputs.safetensors",
        State = "State.safetensors", Best = "Best.safetensors";

    /// <summary>The entry that vouches for the others.</summary>
    public const string Digest = "SHA256";

    /// <summary>Those that it vouches for, in their order.</summary>
    public static string[] Signed { get; } = [Header, Network, Recipe, Weights, State, Best];

    /// <summary>Takes the right to write checkpoints there, and says before hours of training where none could be written.</summary>
    /// <returns>To be disposed of when the training is over.</returns>
    /// <exception cref="DirectoryNotFoundException">The folder that a checkpoint is to go into is not there.</exception>
    /// <exception cref="IOException">No file can be written there, or another training writes its checkpoints there.</exception>
    public static SoleWriter Reserve(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? path;
        if (!Directory.Exists(folder))
            throw Trouble.Checkpoint.Marks(new DirectoryNotFoundException(Trouble.Checkpoint.Says(
                $"CheckpointPath is '{path}', but there is no folder '{folder}'; make it first.")));
        if (Directory.Exists(path)) throw Trouble.Checkpoint.IO($"CheckpointPath is '{path}', but that is a folder; name a file.");
        SoleWriter? writer;
        try
        {
            WholeFile.Try(path);
            writer = SoleWriter.Take(path);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            throw Trouble.Checkpoint.IO($"CheckpointPath is '{path}', but no file can be written there: {refusal.Message}", refusal);
        }
        if (writer is null)
            throw Trouble.Checkpoint.IO(
                $"CheckpointPath is '{path}', but another training that still runs writes its checkpoints there; name another file, or wait for its end.");
        WholeFile.Sweep(path);
        return writer;
    }

    public static void Write(Checkpoint checkpoint)
    {
        (string Name, byte[]? Bytes)[] entries =
        [
            (Header, JsonSerializer.SerializeToUtf8Bytes(checkpoint.Header, CheckpointJson.Default.CheckpointHeader)),
            (Network, JsonSerializer.SerializeToUtf8Bytes(checkpoint.Network, SpikingJson.Default.JsonObject)),
            (Recipe, JsonSerializer.SerializeToUtf8Bytes(checkpoint.Recipe, SpikingJson.Default.JsonObject)),
            (Weights, checkpoint.Weights), (State, checkpoint.State), (Best, checkpoint.Best),
        ];
        WholeFile.Write(checkpoint.Path, stream =>
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
            using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var (name, bytes) in entries)
            {
                if (bytes is null) continue;
                digest.AppendData(bytes);
                Add(zip, name, bytes);
            }
            Add(zip, Digest, Encoding.ASCII.GetBytes(Convert.ToHexString(digest.GetHashAndReset())));
        });
    }

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is no checkpoint, is damaged, or is of another format.</exception>
    public static Checkpoint Read(string path)
    {
        using FileStream file = Of(path, File.OpenRead);
        return Read(path, file);
    }

    /// <summary>Reads what is in a file.</summary>
    /// <param name="path">The file's, for messages.</param>
    /// <param name="contents">All that is in it; can be sought in.</param>
    /// <exception cref="InvalidDataException">It is no checkpoint, is damaged, or is of another format.</exception>
    public static Checkpoint Read(string path, Stream contents) => Sound(path, () => Unpacked(path, contents));

    /// <summary>All bytes of a file, whatever they are.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static byte[] Bytes(string path) => Of(path, File.ReadAllBytes);

    private static T Of<T>(string path, Func<string, T> read)
    {
        if (!File.Exists(path))
            throw Trouble.Checkpoint.Marks(new FileNotFoundException(Trouble.Checkpoint.Says(
                $"ResumeFrom is '{path}', but there is no such file; leave it null to start afresh."),
                path));
        try
        {
            return read(path);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            throw Trouble.Checkpoint.IO($"ResumeFrom is '{path}', but that cannot be read: {refusal.Message}", refusal);
        }
    }

    /// <summary>What comes of an entry's bytes, whose faults name file and entry.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static T Sound<T>(string path, string entry, Func<T> read) => Sound(path, () => In(entry, read));

    private static T Sound<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException damage) when (!Trouble.Checkpoint.Is(damage))
        {
            throw Trouble.Checkpoint.InvalidData($"The checkpoint '{path}' is damaged, or no checkpoint: {damage.Message}", damage);
        }
    }

    private static Checkpoint Unpacked(string path, Stream file)
    {
        Dictionary<string, byte[]> entries = Unpack(file);
        byte[] Entry(string name) => entries.GetValueOrDefault(name) ?? throw new InvalidDataException($"it has no entry '{name}'.");
        In(Header, () => CheckFormat(path, Entry(Header)));
        byte[] weights = Entry(Weights), state = Entry(State);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string name in Signed)
            if (entries.TryGetValue(name, out byte[]? bytes)) hash.AppendData(bytes);
        if (Encoding.ASCII.GetString(Entry(Digest)) != Convert.ToHexString(hash.GetHashAndReset()))
            throw new InvalidDataException("its bytes are not those that were written.");
        return new Checkpoint(
            path, In(Header, () => CheckpointHeader.Read(Entry(Header))), In(Network, () => StoredOptions.Json(Entry(Network), json => json.SpikingNetwork)),
            In(Recipe, () => StoredOptions.Json(Entry(Recipe), json => json.TrainingRecipe)), weights, state, entries.GetValueOrDefault(Best));
    }

    /// <summary>The bytes of the entries that a checkpoint may have; those that are not there are absent.</summary>
    private static Dictionary<string, byte[]> Unpack(Stream file)
    {
        (string Name, EntryLimit Limit)[] entries =
        [
            (Header, EntryLimit.Text), (Network, EntryLimit.Options), (Recipe, EntryLimit.Options), (Weights, EntryLimit.Arrays), (State, EntryLimit.Arrays),
            (Best, EntryLimit.Arrays), (Digest, EntryLimit.Options),
        ];
        try
        {
            using var zip = new ZipArchive(file);
            var unpacked = new Dictionary<string, byte[]>();
            foreach (var (name, limit) in entries)
                if (zip.GetEntry(name) is { } entry) unpacked[name] = limit.Read(entry, file.Length);
            return unpacked;
        }
        catch (Exception damage) when (damage is not (InvalidDataException or OutOfMemoryException))
        {
            // What .NET's reader of zips makes of damage is its own affair.
            throw new InvalidDataException($"it is no sound zip file: {damage.Message}", damage);
        }
    }

    /// <summary>What comes of an entry, whose faults name it.</summary>
    private static T In<T>(string entry, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException damage) when (!Trouble.Checkpoint.Is(damage))
        {
            throw new InvalidDataException($"its {entry} cannot be used: {damage.Message}", damage);
        }
    }

    /// <exception cref="InvalidDataException">Another version wrote it, in another format; the message names both.</exception>
    private static int CheckFormat(string path, byte[] header)
    {
        var (format, library) = CheckpointHeader.Version(header);
        return format == CheckpointHeader.CurrentFormat
            ? format
            : throw Trouble.Checkpoint.InvalidData(
                $"The checkpoint '{path}' is of format {format}, written by version {Checkpoint.Short(library)}, but this is version "
                    + $"{CheckpointHeader.CurrentLibrary}, which reads format {CheckpointHeader.CurrentFormat}; resume it with the version that wrote it.");
    }

    private static void Add(ZipArchive zip, string name, byte[] bytes)
    {
        // Numbers that were learnt hardly shrink.
        using Stream entry = zip.CreateEntry(name, name.EndsWith(".json", StringComparison.Ordinal) ? CompressionLevel.Fastest : CompressionLevel.NoCompression)
            .Open();
        entry.Write(bytes);
    }
}
