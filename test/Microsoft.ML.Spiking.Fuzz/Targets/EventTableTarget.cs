using System.Text;

namespace Microsoft.ML.Spiking.Fuzz.Targets;

/// <summary>A text file of events, one a line.</summary>
internal sealed class EventTableTarget : IFuzzTarget
{
    private static readonly EventTableOptions s_options = new() { BinWidth = TimeSpan.FromMilliseconds(10), Steps = 20, Units = 30 };

    // Numbers where they turn, and what is none; quotes, separators and ends of lines where none should be.
    private static readonly string[] s_cells =
    [
        "", "0", "-0", "-1", "29", "30", "0.19999", "0.2", "1e300", "1e-300", "-1e-9", "NaN", "Infinity", "1e999", "2147483647", "2147483648", "0x10", "1,5", "\"",
        "\"a\"", "\"a\"\"b\"", "\"a\nb\"", "\r", "sample", "label", "é", "\uFEFF", "\0", new('9', 400), new('a', 5000), "\"" + new string('a', 70_000),
    ];

    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("spiking-fuzz-events-").FullName, "events.csv");

    public string Name => "events-table";

    public IReadOnlyList<byte[]> Seeds { get; } =
    [
        Encoding.UTF8.GetBytes("sample,time,unit,label\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"r{i * 7 % 5},0.{i * 37 % 200:D3},{i * 11 % 30},{(i * 7 % 5 < 2 ? "a" : "b")}\n"))),
        Encoding.UTF8.GetBytes("note,Unit,Sample,Time\r\n\"x, \"\"y\"\"\",3,1,0.05\r\n\r\nz,,2,\r\nw,29,1,1.5\r\n"),
        Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("sample,time,unit\n1,0,0\n2,0.1,1\n")).ToArray(),
    ];

    /// <summary>Cells and lines come, go and change.</summary>
    public byte[] Mutate(byte[] file, RandomStream random)
    {
        var lines = new List<string>(Encoding.UTF8.GetString(file).Split('\n'));
        for (int change = 1 + random.Below(4); change > 0 && lines.Count > 0; change--)
        {
            int at = random.Below(lines.Count);
            var cells = new List<string>(lines[at].Split(','));
            int cell = random.Below(cells.Count);
            switch (random.Below(6))
            {
                case 0:
                    lines.RemoveAt(at);
                    break;
                case 1:
                    lines.InsertRange(at, lines[..(1 + random.Below(lines.Count))]);
                    break;
                case 2:
                    (lines[at], lines[random.Below(lines.Count)]) = (lines[random.Below(lines.Count)], lines[at]);
                    break;
                case 3:
                    cells.Insert(cell, s_cells[random.Below(s_cells.Length)]);
                    lines[at] = string.Join(',', cells);
                    break;
                case 4:
                    cells.RemoveAt(cell);
                    lines[at] = string.Join(',', cells);
                    break;
                default:
                    cells[cell] = s_cells[random.Below(s_cells.Length)];
                    lines[at] = string.Join(',', cells);
                    break;
            }
        }
        return Encoding.UTF8.GetBytes(string.Join('\n', lines));
    }

    public void Open(byte[] file)
    {
        File.WriteAllBytes(_path, file);
        EventRows.Read(new MLContext(seed: 1).Data.LoadFromEventTable(_path, s_options));
    }

    public bool IsRefusal(Exception error) => EventRows.IsRefusal(error);
}
