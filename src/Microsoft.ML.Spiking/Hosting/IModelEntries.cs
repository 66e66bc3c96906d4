namespace Microsoft.ML.Spiking.Hosting;

/// <summary>The named parts of a stored model, whatever kind of file they are in.</summary>
internal interface IModelEntries
{
    /// <summary>Whether such an entry was written.</summary>
    bool Has(string name);

    /// <summary>Reads an entry; whatever is wrong with it, its name comes into the message.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="most">Bytes that it may have.</param>
    /// <param name="read">Reads it, and throws <see cref="InvalidDataException"/> where it cannot be.</param>
    /// <exception cref="InvalidDataException">The entry is absent or damaged.</exception>
    T Entry<T>(string name, long most, Func<Stream, T> read);
}
