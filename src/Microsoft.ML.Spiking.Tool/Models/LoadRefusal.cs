using System.IO.Compression;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>Why a model cannot be loaded, and the way out.</summary>
internal static class LoadRefusal
{
    private const string Again = "save the model again with ml.Model.Save, or copy it anew.";

    public static Failure Explain(string path, Exception error)
    {
        if (!IsZip(path)) return Failure.Input($"'{path}' is no model: it is not a zip file.", "give a model.zip, as 'spiking train' or ml.Model.Save writes it.", error);
        return error switch
        {
            FileNotFoundException or FileLoadException => Failure.Input(
                $"'{path}' needs an assembly that this tool does not have: {error.Message}", "update the tool; a pipeline with steps of other packages can only be used in a program that references them.", error),
            _ when error.Message.Contains("written by", StringComparison.OrdinalIgnoreCase) || error.Message.Contains("newer", StringComparison.OrdinalIgnoreCase) || error.Message.Contains("earlier", StringComparison.OrdinalIgnoreCase)
                => Failure.Input($"'{path}' is of a newer format than this tool reads.", "update the tool: dotnet tool update --global Microsoft.ML.Spiking.Tool.", error),
            _ => Failure.Input($"'{path}' cannot be loaded: {error.Message}", Again, error),
        };
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
