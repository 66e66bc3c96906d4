using Microsoft.ML.Spiking.Tests;

namespace Microsoft.ML.Spiking.Samples.Tests.Documents;

/// <summary>What a document tells its reader to type names programs that are there, and options that they know.</summary>
[TestClass]
public sealed class DocumentCommandTests
{
    // The command line's own, of System.CommandLine.
    private static readonly string[] s_everywhere = ["--help", "--version"];

    public static IEnumerable<object[]> Commands =>
        from name in Document.All
        from block in new Document(name).Blocks
        from command in ShellCommand.Of(block)
        select new object[] { name, command.Line };

    [TestMethod]
    [DynamicData(nameof(Commands))]
    public void A_command_names_a_program_and_options_that_there_are(string document, string line)
    {
        var command = new ShellCommand(line);
        if (command.Target is not { } target) return;
        string path = Repository.PathOf(target);
        Assert.IsTrue(File.Exists(path) || (Directory.Exists(path) && Directory.EnumerateFiles(path, "*.csproj").Any()), $"{document}: there is no {target}.");
        // The tool's own tests ask its parser.
        if (target == ShellCommand.Tool) return;

        string source = Directory.Exists(path)
            ? string.Concat(Directory.EnumerateFiles(path, "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText))
            : File.ReadAllText(path);
        foreach (string option in command.Options.Except(s_everywhere))
            StringAssert.Contains(source, $"\"{option}\"", $"{document}: {target} knows no {option}.");
    }

    [TestMethod]
    public void A_command_is_taken_apart_as_a_shell_does()
    {
        CodeBlock block = CodeBlock.Of("Then\n\n    $ spiking train mnist --epochs 2 \\\n        --output m.zip   # a minute\n    ls\n    dotnet run --project samples/Mnist -- --data DIR\n").Single();
        ShellCommand[] commands = [.. ShellCommand.Of(block)];
        Assert.HasCount(2, commands);
        CollectionAssert.AreEqual(new[] { "train", "mnist", "--epochs", "2", "--output", "m.zip" }, commands[0].Arguments);
        CollectionAssert.AreEqual(new[] { "--epochs", "--output" }, commands[0].Options.ToArray());
        Assert.AreEqual("samples/Mnist", commands[1].Target);
        CollectionAssert.AreEqual(new[] { "--data" }, commands[1].Options.ToArray());
    }
}
