using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Data;

/// <summary>One pass over an IDX file, an item at a time.</summary>
internal sealed class IdxReader : IDisposable
{
    private readonly UnpackedFile _file;
    private readonly byte[] _item;
    private long _read;

    public IdxReader(string path, IdxKind kind)
    {
        _file = new UnpackedFile(path);
        try
        {
            Header = IdxHeader.Read(_file, kind);
            _file.RequireRoomFor(Header);
            _item = new byte[Header.ItemBytes];
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    public IdxHeader Header { get; }

    /// <summary>The bytes of the item read last.</summary>
    public ReadOnlySpan<byte> Item => _item;

    public void ReadItem()
    {
        if (_file.Fill(_item) < _item.Length)
        {
            throw Trouble.Idx.InvalidData($"'{_file.Name}' is cut short: of {Header} it holds {_read}. Fetch or write the file again.");
        }

        _read++;
    }

    public void RequireEnd()
    {
        if (_file.Fill(stackalloc byte[1]) > 0)
        {
            throw Trouble.Idx.InvalidData($"'{_file.Name}' is too long: {Header} take {Header.FileBytes} bytes, it holds more. Fetch or write the file again.");
        }
    }

    public void Dispose() => _file.Dispose();
}
