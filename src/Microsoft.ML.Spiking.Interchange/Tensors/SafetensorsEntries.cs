using System.Text;
using Microsoft.ML.Spiking.Hosting;

namespace Microsoft.ML.Spiking.Tensors;

/// <summary>The records of a model among the texts of a safetensors file: each under its name in a model.zip, without the ending.</summary>
internal sealed class SafetensorsEntries(IReadOnlyDictionary<string, string> metadata) : IModelEntries
{
    /// <summary>What an entry of a model.zip is called among the texts.</summary>
    public static string NameOf(string entry) => Path.GetFileNameWithoutExtension(entry);

    public bool Has(string name) => metadata.ContainsKey(NameOf(name));

    public T Entry<T>(string name, long most, Func<Stream, T> read)
    {
        string text = NameOf(name);
        if (!metadata.TryGetValue(text, out string? json)) throw new InvalidDataException($"its __metadata__ has no '{text}'.");
        if (Encoding.UTF8.GetByteCount(json) is var bytes && bytes > most)
            throw new InvalidDataException($"'{text}' in its __metadata__ has {bytes} bytes, but no more than {most} are read.");
        try
        {
            return read(new MemoryStream(Encoding.UTF8.GetBytes(json), writable: false));
        }
        catch (InvalidDataException damage)
        {
            throw new InvalidDataException($"'{text}' in its __metadata__ is damaged: {damage.Message}", damage);
        }
    }
}
