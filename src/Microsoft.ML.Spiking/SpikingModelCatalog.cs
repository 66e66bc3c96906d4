using Microsoft.ML.Spiking;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Hosting;

namespace Microsoft.ML;

/// <summary>Models that others made, in <c>ml.Model</c>: they are checked before ML.NET reads them.</summary>
/// <remarks>
/// <c>ml.Model.Load</c> refuses a damaged network too, by the name of its entry, but ML.NET wraps what it says in exceptions of its own, and reads what is
/// around the network unchecked: a few bytes of Schema are enough to make it read for ever.
/// </remarks>
public static class SpikingModelCatalog
{
    /// <summary>Checks a model.zip and loads it: <c>ml.Model.Load</c> for files of others.</summary>
    /// <param name="catalog">ml.Model.</param>
    /// <param name="path">The file.</param>
    /// <param name="inputSchema">What the model was saved for; null where it does not say.</param>
    /// <param name="components">What it may be made of; <see cref="ModelComponents.Spiking"/> for a file of a stranger.</param>
    /// <exception cref="InvalidDataException">
    /// The one exception for all that is wrong with the file: damaged, of a newer format, too large for what it is, or made of other components. Its message
    /// names the file, the entry and what is wrong.
    /// </exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static ITransformer LoadChecked(this ModelOperationsCatalog catalog, string path, out DataViewSchema? inputSchema, ModelComponents components)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        using FileStream file = File.OpenRead(path);
        return Load(catalog, file, out inputSchema, components, $"'{path}'");
    }

    /// <summary>The same of a stream, which can seek and is at its beginning.</summary>
    /// <param name="catalog">ml.Model.</param>
    /// <param name="stream">The model.zip; stays open.</param>
    /// <param name="inputSchema">What the model was saved for; null where it does not say.</param>
    /// <param name="components">What it may be made of.</param>
    /// <exception cref="InvalidDataException">Something is wrong with it.</exception>
    public static ITransformer LoadChecked(this ModelOperationsCatalog catalog, Stream stream, out DataViewSchema? inputSchema, ModelComponents components)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(stream);
        return Load(catalog, stream, out inputSchema, components, "The model");
    }

    /// <summary>
    /// Checks a model.zip that something else is to load, such as a PredictionEnginePool: its archive, ML.NET's headers and its schema. The network itself is
    /// checked when it is loaded.
    /// </summary>
    /// <param name="catalog">ml.Model.</param>
    /// <param name="path">The file.</param>
    /// <param name="components">What it may be made of; <see cref="ModelComponents.Spiking"/> for a file of a stranger.</param>
    /// <exception cref="InvalidDataException">Something is wrong with it; the message names the file, the entry and what is wrong.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static void CheckFile(this ModelOperationsCatalog catalog, string path, ModelComponents components)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        using FileStream file = File.OpenRead(path);
        ModelFileCheck.Run(file, components, $"'{path}'");
    }

    private static ITransformer Load(ModelOperationsCatalog catalog, Stream stream, out DataViewSchema? inputSchema, ModelComponents components, string name)
    {
        ModelFileCheck.Run(stream, components, name);
        stream.Position = 0;
        try
        {
            ITransformer model = catalog.Load(stream, out DataViewSchema? schema);
            inputSchema = schema;
            return model;
        }
        catch (Exception error)   // ML.NET's components throw what they like
        {
            for (Exception? e = error; e is not null; e = e.InnerException)
                if (Trouble.Model.Is(e)) throw Trouble.Model.InvalidData($"{name}: {Trouble.Model.Sentence(e)}", error);
            Exception cause = error.GetBaseException();
            throw Trouble.Model.InvalidData(cause is FileNotFoundException or FileLoadException
                ? $"{name} needs an assembly that this application does not have: {cause.Message}"
                : $"{name} is a zip file, but no model that ML.NET can read: {cause.Message}", error);
        }
    }
}
