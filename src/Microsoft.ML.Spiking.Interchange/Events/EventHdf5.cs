using System.Globalization;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Hdf;

namespace Microsoft.ML.Spiking.Events;

/// <summary>Recordings in an HDF5 file of SHD's layout: spikes/times and spikes/units, a sequence each a row; labels, and their names in extra/keys.</summary>
internal sealed class EventHdf5 : EventSource
{
    public const string Format = "an HDF5 file of spikes";

    // Of labels without names: a larger one is a damaged number rather than a class.
    private const int MostClasses = 1 << 16;

    private readonly uint[] _keys;

    private EventHdf5(string path, EventHdf5Options options, int rows, EventClasses? classes, uint[] keys) : base(path, options.Shape, classes)
        => (Rows, _keys) = (rows, keys);

    public override int Rows { get; }

    public static EventHdf5 Open(string path, EventHdf5Options options) => HdfFile.Read(path, Format, root =>
    {
        int rows = Spikes(root).Times.Count;
        if (!root.Has("labels")) return new EventHdf5(path, options, rows, classes: null, []);

        long[] labels = root.Dataset("labels").Integers();
        if (labels.Length != rows) throw new InvalidDataException($"it has {rows} recordings, but {labels.Length} labels.");
        string[] names = Names(root, labels);
        var classes = new EventClasses(options.Classes ?? names);
        return new EventHdf5(path, options, rows, classes, [.. labels.Select((label, row) => label >= 0 && label < names.Length
            ? classes.KeyOf(names[label])
            : throw new InvalidDataException($"the label of row {row}, from 0, is {label}, but there are {names.Length} names of classes."))]);
    });

    /// <summary>The times and the units, a sequence of each a recording.</summary>
    public static (HdfSequences Times, HdfSequences Units) Spikes(HdfGroup root)
    {
        HdfGroup spikes = root.Group("spikes");
        HdfSequences times = spikes.Dataset("times").Sequences(), units = spikes.Dataset("units").Sequences();
        if (times.Element.Kind != HdfKind.Float) throw new InvalidDataException($"/spikes/times are of {times.Element.Name}, but floats are needed.");
        if (units.Element.Kind != HdfKind.Integer) throw new InvalidDataException($"/spikes/units are of {units.Element.Name}, but integers are needed.");
        return times.Count == units.Count
            ? (times, units)
            : throw new InvalidDataException($"/spikes/times has {times.Count} rows, but /spikes/units {units.Count}.");
    }

    public override string SampleOf(int row) => row.ToString(CultureInfo.InvariantCulture);

    public override uint KeyOf(int row) => _keys[row];

    public override EventReader Read() => new EventHdf5Reader(this);

    /// <summary>The classes' names in the order of the labels.</summary>
    private static string[] Names(HdfGroup root, long[] labels)
    {
        if (root.Has("extra") && root.Group("extra") is var extra && extra.Has("keys"))
        {
            string[] names = extra.Dataset("keys").Texts();
            return names.All(name => name.Length > 0) && names.Distinct(StringComparer.Ordinal).Count() == names.Length
                ? names
                : throw new InvalidDataException("/extra/keys names a class twice, or one by nothing.");
        }
        // ML.NET's multiclass trainers refuse a single class.
        long most = Math.Max(1, labels.DefaultIfEmpty().Max());
        return most < MostClasses
            ? [.. Enumerable.Range(0, (int)most + 1).Select(label => label.ToString(CultureInfo.InvariantCulture))]
            : throw new InvalidDataException($"its largest label is {most}, but {MostClasses} classes are the most that are read without names.");
    }
}
