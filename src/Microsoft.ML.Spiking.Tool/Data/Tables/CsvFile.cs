using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>A file of rows of cells; every pass reads it anew.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Separator">What stands between cells.</param>
/// <param name="Encoding">Its letters, where no mark at its start says otherwise.</param>
internal sealed record CsvFile(string Path, char Separator, Encoding Encoding)
{
    private const string ExcelsHint = "sep=";

    /// <summary>UTF-8 that does not overlook letters of another encoding.</summary>
    public static Encoding Utf8 { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The lines that are not blank; a line in quotes may span several of the file's.</summary>
    public IEnumerable<CsvLine> Lines()
    {
        using var reader = new StreamReader(Path, Encoding, detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16);
        using var parser = new CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = Separator.ToString(),
            HasHeaderRecord = false,
            TrimOptions = TrimOptions.Trim,
            CacheFields = true,
            BufferSize = 1 << 16,
            // A quote amid a cell is a letter, as it is to ML.NET's loader; one that is never closed would swallow the rest of the file.
            BadDataFound = bad => RefuseOpenQuote(bad.RawRecord, bad.Context.Parser!.RawRow),
        });
        for (int index = 0; parser.Read();)
        {
            if (parser.Count == 1 && parser[0].Length == 0) continue;
            if (parser.RawRow == 1 && parser[0].StartsWith(ExcelsHint, StringComparison.OrdinalIgnoreCase)) continue;
            yield return new CsvLine(index++, parser);
        }
    }

    private void RefuseOpenQuote(string record, int lastLine)
    {
        if (record.AsSpan().TrimEnd().Contains('\n') && record.Count(c => c == '"') % 2 == 1)
            throw Failure.Input($"'{Path}' opens a quote in line {lastLine - record.Count(c => c == '\n')} or after it that is never closed.",
                "close it, or write a quote within quotes twice: \"a \"\"b\"\" c\".");
    }
}
