using System.Text;
using Microsoft.ML.Spiking.Hosting;

namespace Microsoft.ML.Spiking.Tensors;

/// <summary>The records of a model among texts that have names: each under its name in a model.zip, without the ending.</summary>
/// <param name="texts">The texts.</param>
/// <param name="place">Where they are, as in "__metadata__".</param>
internal sealed class RecordEntries(IReadOnlyDictionary<string, string> texts, string place) : IModelEntries
{
    /// <summary>What an entry of a model.zip is called among the texts.</summary>
    public static string NameOf(string entry) => Path.GetFileNameWithoutExtension(entry);

    public bool Has(string name) => texts.ContainsKey(NameOf(name));

    public T Entry<T>(string name, long most, Func<Stream, T> read)
    {
        string text = NameOf(name);
        if (!texts.TryGetValue(text, out string? json)) throw new InvalidDataException($"its {place} has no '{text}'.");
        if (Encoding.UTF8.GetByteCount(json) is var bytes && bytes > most)
            throw new InvalidDataException($"'{text}' in its {place} has {bytes} bytes, but no more than {most} are read.");
        try
        {
            return read(new MemoryStream(Encoding.UTF8.GetBytes(json), writable: false));
        }
        catch (InvalidDataException damage)
        {
            throw new InvalidDataException($"'{text}' in its {place} is damaged: {damage.Message}", damage);
        }
    }
}
