namespace Microsoft.ML.Spiking.Hdf;

/// <summary>A group: groups and datasets by name.</summary>
internal sealed class HdfGroup
{
    // Deeper than any file of people; what follows a group down may call itself for each step.
    private const int Deepest = 64;

    private readonly HdfBytes _bytes;
    private readonly SortedDictionary<string, long> _links;
    private readonly long[] _ancestors;

    /// <summary>Reads the names in a group.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="path">From the root on, as in "/node/nodes".</param>
    /// <param name="address">Of its header.</param>
    /// <param name="ancestors">The addresses of the groups that it is in.</param>
    public HdfGroup(HdfBytes bytes, string path, long address, long[] ancestors)
    {
        if (ancestors.Contains(address)) throw new InvalidDataException($"{path}: the group is inside itself.");
        if (ancestors.Length == Deepest) throw new InvalidDataException($"{path}: groups are inside one another more than {Deepest} deep.");
        (_bytes, Path, _ancestors) = (bytes, path, [.. ancestors, address]);
        _links = Within(path, () => HdfLinks.Read(bytes, HdfHeader.Read(bytes, address)));
    }

    /// <summary>From the root on.</summary>
    public string Path { get; }

    /// <summary>In ordinal order, whatever their order in the file.</summary>
    public IReadOnlyCollection<string> Names => _links.Keys;

    public bool Has(string name) => _links.ContainsKey(name);

    /// <summary>Whether a name is a group's; otherwise it is a dataset's.</summary>
    public bool IsGroup(string name) => Within(Below(name), () => HdfLinks.IsGroup(Header(name)));

    /// <summary>A group in it.</summary>
    /// <exception cref="InvalidDataException">There is no such group.</exception>
    public HdfGroup Group(string name)
        => IsGroup(name) ? new HdfGroup(_bytes, Below(name), _links[name], _ancestors) : throw new InvalidDataException($"{Below(name)} is no group.");

    /// <summary>A dataset in it.</summary>
    /// <exception cref="InvalidDataException">There is no such dataset.</exception>
    public HdfDataset Dataset(string name)
        => Within(Below(name), () => HdfDataset.Read(_bytes, Below(name), Header(name)));

    internal static T Within<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException damage) when (!damage.Message.StartsWith('/'))
        {
            throw new InvalidDataException($"{path}: {damage.Message}", damage);
        }
    }

    private HdfHeader Header(string name)
        => _links.TryGetValue(name, out long address) ? HdfHeader.Read(_bytes, address) : throw new InvalidDataException($"{Below(name)} is not there.");

    private string Below(string name) => Path == "/" ? "/" + name : $"{Path}/{name}";
}
