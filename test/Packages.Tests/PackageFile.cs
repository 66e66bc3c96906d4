using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace Microsoft.ML.Spiking.Packages.Tests;

/// <summary>A package, entry by entry.</summary>
internal sealed class PackageFile
{
    private readonly Dictionary<string, byte[]> _entries;

    public PackageFile(string path)
    {
        using ZipArchive zip = ZipFile.OpenRead(path);
        _entries = zip.Entries.ToDictionary(entry => entry.FullName, Bytes);
    }

    /// <summary>What it holds, besides the format's own entries.</summary>
    public string[] Entries => [.. _entries.Keys.Where(name => name is not "[Content_Types].xml" && !name.StartsWith("_rels/", StringComparison.Ordinal)
        && !name.StartsWith("package/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    public byte[] this[string entry] => _entries[entry];

    /// <summary>Name and value of each element of the nuspec that is not of elements.</summary>
    public Dictionary<string, string> Metadata
        => Nuspec.Elements().Where(element => !element.HasElements).ToDictionary(element => element.Name.LocalName, element => element.Value);

    /// <summary>Id and version range of each package that it depends on.</summary>
    public Dictionary<string, string> Dependencies
        => Nuspec.Descendants().Where(element => element.Name.LocalName == "dependency").ToDictionary(d => d.Attribute("id")!.Value, d => d.Attribute("version")!.Value);

    /// <summary>Full names of the types of other assemblies that an assembly in it uses.</summary>
    public string[] ForeignTypes(string entry)
    {
        using var assembly = new PEReader(new MemoryStream(this[entry]));
        MetadataReader metadata = assembly.GetMetadataReader();
        return [.. metadata.TypeReferences.Select(metadata.GetTypeReference).Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}")];
    }

    private XElement Nuspec => XDocument.Load(new MemoryStream(_entries.Single(entry => entry.Key.EndsWith(".nuspec", StringComparison.Ordinal)).Value)).Root!.Elements().Single();

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
