namespace Microsoft.ML.Spiking.Tool;

/// <summary>An IDataView in a file, as ml.Data.SaveAsBinary writes it.</summary>
internal static class BinarySource
{
    public static Samples Open(MLContext ml, string path)
    {
        IDataView view;
        try
        {
            view = ml.Data.LoadFromBinary(path);
        }
        catch (Exception refusal) when (refusal is FormatException or InvalidOperationException or IOException)
        {
            throw Failure.Input($"'{path}' is no IDataView in binary form: {refusal.Message}", "write it with ml.Data.SaveAsBinary.", refusal);
        }
        return view.Schema.GetColumnOrNull(Samples.Features) is null
            ? throw Failure.Input($"'{path}' has no column Features; it has {string.Join(", ", view.Schema.Select(c => c.Name))}.",
                "write it anew with the columns Features and Label.")
            : new Samples(view, $"{view.GetRowCount()} rows of {Path.GetFileName(path)}");
    }
}
