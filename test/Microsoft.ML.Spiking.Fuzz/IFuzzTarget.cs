namespace Microsoft.ML.Spiking.Fuzz;

/// <summary>A kind of file that strangers may send: how sound ones look, how they are damaged with sense, and what reads them.</summary>
/// <remarks>Another kind is one more class, and a line in <see cref="FuzzTargets"/>.</remarks>
internal interface IFuzzTarget
{
    /// <summary>What the command line calls it.</summary>
    string Name { get; }

    /// <summary>Sound files, small, the same in every run: mutants are made of them.</summary>
    IReadOnlyList<byte[]> Seeds { get; }

    /// <summary>Damages what the format is made of: members, entries, numbers. (Bytes are damaged without it.)</summary>
    /// <param name="file">A sound file, not to be changed.</param>
    /// <param name="random">Decides how.</param>
    byte[] Mutate(byte[] file, RandomStream random);

    /// <summary>Reads the file and uses what was read, as an application does.</summary>
    void Open(byte[] file);

    /// <summary>Whether this is the exception by which such a file is refused, as its documentation says.</summary>
    bool IsRefusal(Exception error);
}
