using Microsoft.ML.Spiking.Samples.Web;

namespace Microsoft.ML.Spiking.Samples.Tests.Web;

[TestClass]
public sealed class WithoutLibTorchTests
{
    [TestMethod]
    public void Nothing_of_torch_lies_beside_the_program()
    {
        string[] files = [.. Directory.EnumerateFiles(ProgramFolder.Path, "*", SearchOption.AllDirectories).Select(path => Path.GetFileName(path))];
        CollectionAssert.Contains(files, "Microsoft.ML.Spiking.dll");
        Assert.IsEmpty(files.Where(file => file.Contains("torch", StringComparison.OrdinalIgnoreCase)));
        Assert.IsFalse(File.ReadAllText(Path.Combine(ProgramFolder.Path, "Web.deps.json")).Contains("torch", StringComparison.OrdinalIgnoreCase));
    }

    [TestMethod]
    public void No_assembly_that_the_program_references_is_TorchSharp()
    {
        var seen = new HashSet<string>();
        var next = new Queue<System.Reflection.Assembly>([typeof(DigitServer).Assembly]);
        while (next.TryDequeue(out System.Reflection.Assembly? assembly))
        {
            foreach (System.Reflection.AssemblyName name in assembly.GetReferencedAssemblies())
                if (seen.Add(name.Name!) && name.Name!.StartsWith("Microsoft.ML", StringComparison.Ordinal)) next.Enqueue(System.Reflection.Assembly.Load(name));
        }
        CollectionAssert.Contains(seen.ToArray(), "Microsoft.ML.Spiking");
        Assert.IsEmpty(seen.Where(name => name.Contains("Torch", StringComparison.OrdinalIgnoreCase)));
    }
}
