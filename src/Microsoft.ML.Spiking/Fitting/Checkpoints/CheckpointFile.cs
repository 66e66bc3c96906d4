using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
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
    private const string Header = "Checkpoint.json", Network = "Network.json", Recipe = "Recipe.json", Weights = "Inputs.safetensors",
        State = "State.safetensors", Best = "Best.safetensors";

    private const string Digest = "SHA256";

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
    /// <exception cref="InvalidDataException">It is no checkpoint, is damaged, or is of another format.</exception>
    public static Checkpoint Read(string path)
    {
        if (!File.Exists(path))
            throw Trouble.Checkpoint.Marks(new FileNotFoundException(Trouble.Checkpoint.Says(
                $"ResumeFrom is '{path}', but there is no such file; leave it null to start afresh."),
                path));
        try
        {
            using ZipArchive zip = ZipFile.OpenRead(path);
            using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            byte[] header = Bytes(zip, Header);
            int format = JsonDocument.Parse(header).RootElement.GetProperty(nameof(CheckpointHeader.Format)).GetInt32();
            if (format != CheckpointHeader.CurrentFormat)
                throw Trouble.Checkpoint.NotSupported(
                    $"The checkpoint '{path}' is of format {format}, but this version reads format {CheckpointHeader.CurrentFormat}; resume it with the "
                        + "version that wrote it.");
            byte[] network = Bytes(zip, Network), recipe = Bytes(zip, Recipe), weights = Bytes(zip, Weights), state = Bytes(zip, State);
            byte[]? best = zip.GetEntry(Best) is null ? null : Bytes(zip, Best);
            foreach (byte[]? bytes in (byte[]?[])[header, network, recipe, weights, state, best])
                if (bytes is not null) digest.AppendData(bytes);
            if (Encoding.ASCII.GetString(Bytes(zip, Digest)) != Convert.ToHexString(digest.GetHashAndReset()))
                throw new InvalidDataException("its bytes are not those that were written.");
            return new Checkpoint(
                path, JsonSerializer.Deserialize(header, CheckpointJson.Default.CheckpointHeader)!,
                Stored(network, SpikingJson.Default.SpikingNetwork), Stored(recipe, SpikingJson.Default.TrainingRecipe), weights, state, best);
        }
        catch (NotSupportedException other)
        {
            throw new InvalidDataException(other.Message);
        }
        catch (Exception damage) when (damage is InvalidDataException or EndOfStreamException or JsonException or KeyNotFoundException
            or InvalidOperationException or FormatException)
        {
            throw Damaged(path, damage);
        }
    }

    public static InvalidDataException Damaged(string path, Exception damage)
        => Trouble.Checkpoint.InvalidData($"The checkpoint '{path}' is damaged, or no checkpoint: {damage.Message}", damage);

    private static void Add(ZipArchive zip, string name, byte[] bytes)
    {
        // Numbers that were learnt hardly shrink.
        using Stream entry = zip.CreateEntry(name, name.EndsWith(".json", StringComparison.Ordinal) ? CompressionLevel.Fastest : CompressionLevel.NoCompression)
            .Open();
        entry.Write(bytes);
    }

    private static JsonObject Stored(byte[] bytes, JsonTypeInfo type)
    {
        JsonObject stored = JsonSerializer.Deserialize(bytes, SpikingJson.Default.JsonObject)!;
        OmittedMembers.FillIn(stored, type);
        return stored;
    }

    private static byte[] Bytes(ZipArchive zip, string name)
    {
        using Stream entry = (zip.GetEntry(name) ?? throw new InvalidDataException($"it has no entry '{name}'.")).Open();
        using var bytes = new MemoryStream();
        entry.CopyTo(bytes);
        return bytes.ToArray();
    }
}
