namespace Microsoft.ML.Spiking.Tests;

/// <summary>The tool understands every line that a document tells its reader to type.</summary>
[TestClass]
public class DocumentedCommandTests
{
    private static readonly Tool.CommandLine s_tool = new(Terminal.Of(TextWriter.Null, TextWriter.Null));

    [TestMethod]
    public void Every_line_of_the_documents_is_one_that_the_tool_understands()
    {
        var lines =
            from name in Document.All
            from block in new Document(name).Blocks
            from command in ShellCommand.Of(block)
            where command.Target == ShellCommand.Tool
            from fault in s_tool.Faults(command.Arguments)
            select $"{name}: {command.Line}: {fault}";

        Assert.IsEmpty(lines.ToArray(), string.Join('\n', lines));
    }

    [TestMethod]
    public void A_line_with_an_option_that_there_is_not_has_a_fault()
    {
        Assert.IsEmpty(s_tool.Faults(["evaluate", "--model", "model.zip", "--data", "mnist"]));
        Assert.IsNotEmpty(s_tool.Faults(["evaluate", "--model", "model.zip", "--data", "mnist", "--certainly"]));
        Assert.IsNotEmpty(s_tool.Faults(["judge", "--model", "model.zip"]));
    }
}
