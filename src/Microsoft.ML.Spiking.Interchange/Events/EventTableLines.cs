using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Events;

/// <summary>The lines of a text file of events, one after the other.</summary>
internal sealed class EventTableLines : IDisposable
{
    // No cell of a sound file is nearly as long: a quote that is never closed is not read to the file's end.
    private const int LongestCell = 1 << 16;

    private const string UsualLabel = "label";

    private readonly string _path;
    private readonly EventTableOptions _options;
    private readonly CsvParser _parser;
    private readonly double _ticksPerUnit;
    private readonly int _cells, _sample, _time, _unit;
    private readonly int? _label;
    private int _line;

    public EventTableLines(string path, Stream stream, EventTableOptions options)
    {
        (_path, _options, _ticksPerUnit) = (path, options, options.TimeUnit.Ticks);
        var reader = new StreamReader(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true),
            detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        _parser = new CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = options.Separator.ToString(), HasHeaderRecord = false, TrimOptions = TrimOptions.Trim, CacheFields = true, MaxFieldSize = LongestCell,
            IgnoreBlankLines = false,   // so that lines are counted
            BadDataFound = _ => throw Refusal("a quote stands within a cell, or is never closed; write one within quotes twice: \"a \"\"b\"\" c\""),
        });
        if (!Read()) throw Trouble.Foreign.InvalidData($"'{path}' is empty; its first line must name the columns, as in sample,time,unit,label.");
        string[] head = _parser.Record!;
        _cells = head.Length;
        _sample = Require(head, options.SampleColumnName, nameof(options.SampleColumnName));
        _time = Require(head, options.TimeColumnName, nameof(options.TimeColumnName));
        _unit = Require(head, options.UnitColumnName, nameof(options.UnitColumnName));
        _label = options.LabelColumnName is { } label ? Require(head, label, nameof(options.LabelColumnName)) : Find(head, UsualLabel);
    }

    public bool Labelled => _label is not null;

    public string Sample => _parser[_sample];

    public string Class => _label is { } label ? _parser[label] : "";

    /// <summary>Whether the line only says that there is a recording.</summary>
    public bool IsSilent => _parser[_time].Length == 0 && _parser[_unit].Length == 0;

    public bool MoveNext()
    {
        if (!Read()) return false;
        if (_parser.Count != _cells) throw Refusal($"there are {_parser.Count} cells, but the first line names {_cells} columns");
        if (Sample.Length == 0) throw Refusal("the recording has no name");
        return true;
    }

    /// <summary>The event's time, in ticks.</summary>
    public long Ticks()
        => double.TryParse(_parser[_time], NumberStyles.Float, CultureInfo.InvariantCulture, out double time) && double.IsFinite(time)
            && EventShape.Ticks(time, _ticksPerUnit) is >= 0 and var ticks
            ? ticks
            : throw Refusal($"the time is '{Short(_parser[_time])}', but it must be a number of 0 or more, with a decimal point");

    public int Unit()
        => int.TryParse(_parser[_unit], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int unit) && unit >= 0 && unit < _options.Units
            ? unit
            : throw Refusal($"the unit is '{Short(_parser[_unit])}', but it must be a whole number from 0 to {_options.Units - 1}");

    /// <summary>The line says that a recording is of another class than it was before.</summary>
    public InvalidDataException OtherClass(EventTableSample sample)
        => Refusal($"recording '{Short(sample.Name)}' is of class '{Short(Class)}', but of '{Short(sample.Class)}' in a line before");

    public void Dispose() => _parser.Dispose();

    /// <summary>Comes to the next line that is not blank.</summary>
    private bool Read()
    {
        try
        {
            do
            {
                // Of a line that goes on in others, within quotes, the first.
                _line = _parser.RawRow + 1;
                if (!_parser.Read()) return false;
            }
            while (_parser.Count == 0 || _parser.Count == 1 && _parser[0].Length == 0);
            return true;
        }
        catch (MaxFieldSizeException)
        {
            throw Refusal($"a cell has more than {LongestCell} letters; is a quote never closed?", "");
        }
    }

    private InvalidDataException Refusal(string what, string end = ".")
        => Trouble.Foreign.InvalidData($"Line {_line} of '{_path}': {what}{end} Mend the file, or the options.");

    private int Require(string[] head, string column, string option)
        => Find(head, column) ?? throw Trouble.Foreign.InvalidData(
            $"The first line of '{_path}' names no column '{column}', but {Short(string.Join(", ", head))}; name the columns there, or give {option}.");

    private static int? Find(string[] head, string column)
        => Array.FindIndex(head, name => name.Equals(column, StringComparison.OrdinalIgnoreCase)) is >= 0 and var index ? index : null;

    private static string Short(string text)
    {
        const int Most = 60;
        return text.Length <= Most ? text : text[..Most] + "...";
    }
}
