namespace Microsoft.ML.Spiking.Tests;

[TestClass]
public class AssemblyTests
{
    /// <summary>Threads that spin while they wait would make tests on few cores slow.</summary>
    [AssemblyInitialize]
    public static void Initialize(TestContext _) => BackEnd.Load();

    [AssemblyCleanup]
    public static void Clean() => Directory.Delete(Path.GetDirectoryName(Toy.Model)!, recursive: true);
}
