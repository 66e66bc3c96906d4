using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.ML.Spiking.Samples.Tests.Scripting;
using Microsoft.ML.Spiking.Tests;

namespace Microsoft.ML.Spiking.Samples.Tests.Documents;

/// <summary>
/// The C# of the documents works as it stands. A document's blocks run in order, each with what those before it declared, in a folder that has MNIST's four files, of few digits;
/// a page of docs goes on from README.md's program, whose ml, train, test and model it may use.
/// A block marked "no-run" (```csharp no-run) is compiled there and not run; one marked "fragment" has parts left out, and need only be C#.
/// </summary>
[TestClass]
[DoNotParallelize]
public sealed class DocumentCodeTests : IDisposable
{
    private readonly WorkingFolder _folder = new();
    private readonly string _before = Environment.CurrentDirectory;

    public static IEnumerable<object[]> Documents => Document.All.Select(name => new object[] { name });

    public void Dispose()
    {
        Environment.CurrentDirectory = _before;
        _folder.Dispose();
    }

    [TestMethod]
    [DynamicData(nameof(Documents))]
    public async Task Every_block_of_C_sharp_runs(string name)
    {
        if (!CSharpOf(name).Any()) return;
        FewDigits.WriteTo(_folder.Path);
        Environment.CurrentDirectory = _folder.Path;

        var session = new CodeSession();
        if (name != Document.Readme) await RunAsync(session, Document.Readme);
        await RunAsync(session, name);
    }

    private static async Task RunAsync(CodeSession session, string name)
    {
        foreach (CodeBlock block in CSharpOf(name))
        {
            string place = $"{name}, line {block.Line}";
            Assert.IsTrue(block.Mark is "" or "no-run" or "fragment", $"{place}: '{block.Mark}' says nothing here; leave it out, or write no-run or fragment.");
            IReadOnlyList<string> errors = block.Mark == "fragment" ? SyntaxErrors(block.Code) : session.Compile(block.Code);
            Assert.IsEmpty(errors, $"{place}: {string.Join('\n', errors)}");
            if (block.Mark == "") await session.RunAsync();
        }
    }

    private static IEnumerable<CodeBlock> CSharpOf(string name) => new Document(name).Blocks.Where(block => block.Language is "csharp" or "cs" or "c#");

    private static IReadOnlyList<string> SyntaxErrors(string code) =>
    [
        .. CSharpSyntaxTree.ParseText(code, CSharpParseOptions.Default.WithKind(SourceCodeKind.Script)).GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => diagnostic.ToString()),
    ];
}
