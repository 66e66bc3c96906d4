using Microsoft.ML.Spiking;
using Microsoft.ML.Spiking.Events;
using Microsoft.ML.Spiking.Hosting;

namespace Microsoft.ML;

/// <summary>Loads recordings of events, as cameras and cochleas of spikes make them, in <c>ml.Data</c>.</summary>
/// <remarks>
/// All give the same columns.
/// <c>Features</c>, <c>Vector&lt;Boolean, [steps, units]&gt;</c>, sparse: which units fired in which time step. The trainer takes it as it is.
/// <c>Sample</c>, <c>Text</c>: what the recording is called.
/// <c>Label</c>, <c>Key&lt;UInt32&gt;</c> with the classes' names as key values, where the recordings have labels.
/// Events that come after the last step are left out, and counted in a warning of <c>ml.Log</c> when a pass has met them; another says that all of them fall
/// into the first step, or after the last.
/// </remarks>
public static class EventLoaderCatalog
{
    /// <summary>
    /// Reads a folder of N-MNIST's or N-Caltech101's kind: one subfolder a class, in it .bin files, each a recording. A folder that holds .bin files itself has
    /// recordings without labels.
    /// </summary>
    /// <param name="catalog">ml.Data.</param>
    /// <param name="folder">The folder, as N-MNIST's Train or Test.</param>
    /// <param name="options">Width and number of the time steps, and the camera's size.</param>
    /// <returns>A row for each file, class by class, by their names; Sample is the file's path within the folder.</returns>
    /// <remarks>Loading lists the files; a pass reads them one after the other, and holds one.</remarks>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">
    /// There are no recordings in it; or, in a pass, a recording is damaged or has events outside the camera: the message names file and event.
    /// </exception>
    public static IDataView LoadFromEventFolder(this DataOperationsCatalog catalog, string folder, EventFolderOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Check(options);
        EventTeller teller = Teller(catalog, folder, options.Shape);
        var files = RecordingFiles.In(folder, EventBinReader.Extension, ", as N-MNIST's Train and Test are", teller.Warn);
        return new EventDataView(new EventFolder(folder, files, options, opened => new EventBinReader(opened, options)), teller);
    }

    /// <summary>
    /// Reads AEDAT4 recordings, as iniVation's DV writes them: a folder with one subfolder a class, in it .aedat4 files, each a recording. A folder that holds
    /// .aedat4 files itself has recordings without labels, and so is a single file.
    /// </summary>
    /// <param name="catalog">ml.Data.</param>
    /// <param name="path">The folder, or a file.</param>
    /// <param name="options">Width and number of the time steps.</param>
    /// <returns>A row for each file, class by class, by their names; Sample is the file's path within the folder.</returns>
    /// <remarks>
    /// Loading lists the files, and reads what the first says of its streams and its camera; a pass reads one file after the other, a packet at a time.
    /// Pictures, movements and triggers in a recording are passed over, with a warning that names them. Packets may be packed by LZ4; those packed by Zstandard
    /// need the package ZstdSharp.Port in the application.
    /// </remarks>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder or file.</exception>
    /// <exception cref="InvalidDataException">
    /// There are no recordings in it, or the first is damaged or has no events; or, in a pass, another is, has events outside the camera, or is of a camera of
    /// another size: the message names file and event.
    /// </exception>
    public static IDataView LoadFromEventAedat(this DataOperationsCatalog catalog, string path, EventAedatOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(path);
        Check(options);
        EventFolder source = EventAedat.Open(path, options, Teller(catalog, path, options.Shape).Warn);
        return new EventDataView(source, Teller(catalog, path, source.Shape));
    }

    /// <summary>Reads a text file (CSV) with one event a line, in any order, whose first line names the columns.</summary>
    /// <param name="catalog">ml.Data.</param>
    /// <param name="path">The file, in UTF-8. Other columns than those named by the options are not read.</param>
    /// <param name="options">Width and number of the time steps, the units, and what the columns are called.</param>
    /// <returns>A row for each recording, in the order in which the file comes to them; Sample is its name.</returns>
    /// <remarks>
    /// As lines come in any order, the file is read once, when it is loaded, and each spike held in four bytes. A line with neither time nor unit says only
    /// that there is a recording, which may have no event.
    /// </remarks>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// A column is not there, a time or unit is none or out of its range, or a recording has two classes: the message names file and line.
    /// </exception>
    public static IDataView LoadFromEventTable(this DataOperationsCatalog catalog, string path, EventTableOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(path);
        Check(options);
        EventTeller teller = Teller(catalog, path, options.Shape, $"say with {nameof(options.TimeUnit)} (the tool's --time-unit) what a time of 1 is, or ");
        EventTable table = EventTable.Open(path, options, out EventCount count);
        teller.Tell(count, whole: true);
        return new EventDataView(table, teller);
    }

    /// <summary>
    /// Reads an HDF5 file of the layout of the Spiking Heidelberg Digits (SHD) and Spiking Speech Commands (SSC): <c>spikes/times</c>, seconds in 16, 32 or 64
    /// bits, and <c>spikes/units</c>, a sequence of each for every recording; <c>labels</c> and, where it is there, <c>extra/keys</c> with the classes' names.
    /// </summary>
    /// <param name="catalog">ml.Data.</param>
    /// <param name="path">The file, unpacked.</param>
    /// <param name="options">Width and number of the time steps, and the units.</param>
    /// <returns>
    /// A row for each recording, in the file's order; Sample is its number from 0. Without <c>extra/keys</c> the classes are called by their numbers.
    /// </returns>
    /// <remarks>Loading reads the labels, and where the recordings are; a pass reads them one after the other, and holds one.</remarks>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// It is no such file, or is damaged; or, in a pass, a recording has units that are not there or times below 0: the message names file, row and event.
    /// </exception>
    public static IDataView LoadFromEventHdf5(this DataOperationsCatalog catalog, string path, EventHdf5Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(path);
        Check(options);
        return new EventDataView(EventHdf5.Open(path, options), Teller(catalog, path, options.Shape));
    }

    private static void Check(EventOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
    }

    private static EventTeller Teller(DataOperationsCatalog catalog, string name, EventShape shape, string unit = "")
        => new(MLNet.Environment(catalog), name, shape, unit);
}
