using System.IO.Compression;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>Why a model cannot be loaded, and the way out.</summary>
internal static class LoadRefusal
{
    private const string Again = "save the model again with ml.Model.Save, or copy it anew.";

    public static Failure Explain(string path, Exception error)
    {
        if (!IsZip(path))
            return Failure.Input($"'{path}' is no model: it is not a zip file.", "give a model.zip, as 'spiking train' or ml.Model.Save writes it.", error);
        // ML.NET wraps what it meets several times over; ours names the entry, what it met there is below it.
        if (Chain(error).OfType<InvalidDataException>().FirstOrDefault() is { } damage) return Failure.Input($"'{path}': {damage.Message}", Again, error);
        return error.GetBaseException() switch
        {
            FileNotFoundException or FileLoadException => Failure.Input(
                $"'{path}' needs an assembly that this tool does not have: {error.GetBaseException().Message}",
                "update the tool; a pipeline with steps of other packages can only be used in a program that references them.", error),
            FormatException { Message: var message } when message.Contains("too new", StringComparison.Ordinal) => Failure.Input(
                $"'{path}' is of a newer format than this tool reads.", "update the tool.", error),
            _ => Failure.Input($"'{path}' is a zip file, but no model that ML.NET can read.", Again, error),
        };
    }

    private static IEnumerable<Exception> Chain(Exception? error)
    {
        for (; error is not null; error = error.InnerException) yield return error;
    }

    private static bool IsZip(string path)
    {
        try
        {
            using ZipArchive zip = ZipFile.OpenRead(path);
            return zip.Entries.Count > 0;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
