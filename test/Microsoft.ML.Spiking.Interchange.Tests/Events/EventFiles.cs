using System.Globalization;
using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Events;

/// <summary>A temporary folder with recordings in it.</summary>
internal sealed class EventFiles : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("spiking-events-").FullName;

    public string this[string name] => Path.Combine(Folder, name);

    /// <summary>Writes a .bin recording.</summary>
    public string WriteBin(string name, params ReadOnlySpan<byte> bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        File.WriteAllBytes(this[name], bytes);
        return this[name];
    }

    /// <summary>Writes lines of text.</summary>
    public string WriteText(string name, params string[] lines)
    {
        File.WriteAllLines(this[name], lines);
        return this[name];
    }

    /// <summary>The five bytes of an event, by the layout that N-MNIST's page describes.</summary>
    public static byte[] Bin(int x, int y, bool on, int microseconds)
        => [(byte)x, (byte)y, (byte)((on ? 128 : 0) + (microseconds >> 16)), (byte)(microseconds >> 8), (byte)microseconds];

    /// <summary>What a folder of toy recordings of a camera of 2 x 2 has: "left" fires at x 0 and then x 1, "right" the other way.</summary>
    public static IEnumerable<(string Class, int Recording, int X, int Y, bool On, int Microseconds)> Toy(int recordings)
    {
        for (int r = 0; r < recordings; r++)
            for (int i = 0; i < 8; i++)
                yield return (r % 2 == 0 ? "left" : "right", r, (i < 4) == (r % 2 == 0) ? 0 : 1, (i + r) % 2, i % 3 == 0, 1000 * i + 37 * r % 900);
    }

    /// <summary>Writes the toy recordings as a folder of .bin files.</summary>
    public string WriteToyFolder(string name, int recordings)
    {
        foreach (var recording in Toy(recordings).GroupBy(e => (e.Class, e.Recording)))
            WriteBin(Path.Combine(name, recording.Key.Class, $"{recording.Key.Recording:D5}.bin"),
                [.. recording.SelectMany(e => Bin(e.X, e.Y, e.On, e.Microseconds))]);
        return this[name];
    }

    /// <summary>Writes the same as a table, its lines out of order.</summary>
    public string WriteToyTable(string name, int recordings)
    {
        string[] lines = [.. Toy(recordings).Select(e => string.Create(CultureInfo.InvariantCulture,
            $"{e.Class},{(e.On ? 4 : 0) + e.Y * 2 + e.X},r{e.Recording},{e.Microseconds}"))];
        new Random(1).Shuffle(lines);
        return WriteText(name, ["label,unit,sample,time", .. lines]);
    }

    /// <summary>Writes the same as an HDF5 file of SHD's layout.</summary>
    public string WriteToyHdf5(string name, int recordings)
    {
        var rows = Toy(recordings).GroupBy(e => e.Recording).Select(recording => recording.ToArray()).ToArray();
        File.WriteAllBytes(this[name], ShdFile.Bytes(
            rows.Select(row => row.Select(e => e.Microseconds / 1e6f).ToArray()).ToArray(),
            rows.Select(row => row.Select(e => (ushort)((e.On ? 4 : 0) + e.Y * 2 + e.X)).ToArray()).ToArray(),
            [.. rows.Select(row => row[0].Class == "left" ? 0 : 1)], ["left", "right"]));
        return this[name];
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>The spikes of each row, as (step, unit).</summary>
    public static (int Step, int Unit)[][] Spikes(IDataView view)
    {
        int units = ((VectorDataViewType)view.Schema["Features"].Type).Dimensions[1];
        return [.. view.GetColumn<VBuffer<bool>>("Features").Select(row => row.Items().Where(item => item.Value)
            .Select(item => (item.Key / units, item.Key % units)).ToArray())];
    }
}
