namespace Microsoft.ML.Spiking.Tests;

[TestClass]
public class AssemblyTests
{
    [AssemblyCleanup]
    public static void Clean() => Directory.Delete(Path.GetDirectoryName(Toy.Model)!, recursive: true);
}
