using System.Reflection.Metadata;
using System.Text;
using System.Text.Json;

namespace Microsoft.ML.Spiking.Packages.Tests;

[TestClass]
public class SymbolTests
{
    private static readonly Guid s_sourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A"), s_embeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    [TestMethod]
    [DataRow("Microsoft.ML.Spiking")]
    [DataRow("Microsoft.ML.Spiking.TorchSharp")]
    [DataRow("Microsoft.ML.Spiking.Reports")]
    [DataRow("Microsoft.ML.Spiking.Interchange")]
    [DataRow("Microsoft.ML.Spiking.Mpi")]
    public void Symbols_are_a_package_of_their_own(string id)
        => CollectionAssert.AreEquivalent((string[])[$"{id}.nuspec", $"lib/net10.0/{id}.pdb"], PackedLibraries.Package(id, "snupkg").Entries);

    [TestMethod]
    public void A_debugger_finds_every_source_in_the_repository_or_in_the_symbols()
    {
        using MetadataReaderProvider symbols = Open("Microsoft.ML.Spiking.TorchSharp");
        MetadataReader reader = symbols.GetMetadataReader();
        string? link = Blobs(reader, EntityHandle.ModuleDefinition, s_sourceLink).Select(Encoding.UTF8.GetString).SingleOrDefault();
        if (link is null) Assert.Inconclusive("This folder is no git checkout, or its remote is of a host that SourceLink does not know.");

        JsonProperty map = JsonDocument.Parse(link).RootElement.GetProperty("documents").EnumerateObject().First();
        StringAssert.StartsWith(map.Value.GetString(), "https://");
        string[] lost = [.. from handle in reader.Documents
                            let name = reader.GetString(reader.GetDocument(handle).Name)
                            where !name.StartsWith(map.Name.TrimEnd('*'), StringComparison.Ordinal) && !Blobs(reader, handle, s_embeddedSource).Any()
                            select name];
        CollectionAssert.AreEqual(Array.Empty<string>(), lost);
    }

    [TestMethod]
    public void Symbols_name_no_folder_of_the_machine_that_built_them()
    {
        using MetadataReaderProvider symbols = Open("Microsoft.ML.Spiking");
        MetadataReader reader = symbols.GetMetadataReader();

        string[] sources = [.. reader.Documents.Select(handle => reader.GetString(reader.GetDocument(handle).Name))];

        CollectionAssert.Contains(sources, "/_/src/Microsoft.ML.Spiking/Model/SpikingModel.cs");
        CollectionAssert.AreEqual(Array.Empty<string>(), sources.Where(name => name.StartsWith(PackedLibraries.Repository, StringComparison.Ordinal)).ToArray());
    }

    private static MetadataReaderProvider Open(string id) => MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(PackedLibraries.Package(id, "snupkg")[$"lib/net10.0/{id}.pdb"]));

    private static IEnumerable<byte[]> Blobs(MetadataReader reader, EntityHandle of, Guid kind)
        => reader.GetCustomDebugInformation(of).Select(reader.GetCustomDebugInformation).Where(info => reader.GetGuid(info.Kind) == kind).Select(info => reader.GetBlobBytes(info.Value));
}
