using Microsoft.ML.Spiking.Files;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Hdf;

namespace Microsoft.ML.Spiking.Events;

/// <summary>Reads recordings from an HDF5 file, of which it holds one and where the others are.</summary>
internal sealed class EventHdf5Reader : EventReader
{
    private readonly EventHdf5 _source;
    private readonly EventGrid _grid;
    private readonly FileStream _stream;
    private readonly HdfSequences _times, _units;

    public EventHdf5Reader(EventHdf5 source)
    {
        (_source, _grid) = (source, new EventGrid(source.Shape));
        _stream = new FileStream(source.Name, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            (_times, _units) = ForeignFile.Guard(source.Name, EventHdf5.Format, () => EventHdf5.Spikes(HdfFile.Root(_stream)));
            if (_times.Count != source.Rows)
            {
                throw Trouble.Foreign.InvalidData(
                    $"'{source.Name}' has changed since it was loaded: it held {source.Rows} recordings and now holds {_times.Count}. Load it again.");
            }
        }
        catch
        {
            _stream.Dispose();
            throw;
        }
    }

    public override EventCount Count => _grid.Count;

    public override ReadOnlySpan<int> Read(int row)
    {
        _grid.Clear();
        ForeignFile.Guard(_source.Name, EventHdf5.Format, () => Fill(row));
        return _grid.Take();
    }

    public override void Dispose()
    {
        _stream.Dispose();
        base.Dispose();
    }

    private int Fill(int row)
    {
        double[] times = _times[row], units = _units[row];
        if (times.Length != units.Length) throw Refusal(row, $"there are {times.Length} times, but {units.Length} units");
        for (int i = 0; i < times.Length; i++)
        {
            if (units[i] < 0 || units[i] >= _source.Shape.Units)
                throw Refusal(row, $"event {i}, from 0, is of unit {units[i]}, but units go from 0 to {_source.Shape.Units - 1}");

            long ticks = double.IsFinite(times[i]) ? EventShape.Ticks(times[i], TimeSpan.TicksPerSecond) : -1;
            if (ticks < 0) throw Refusal(row, $"event {i}, from 0, is at {Require.Said(times[i])} s, but times are numbers of 0 or more");
            _grid.Add(ticks, (int)units[i]);
        }
        return times.Length;
    }

    private InvalidDataException Refusal(int row, string what)
        => Trouble.Foreign.InvalidData($"Row {row} of '{_source.Name}', from 0: {what}. Mend the file, or the options.");
}
