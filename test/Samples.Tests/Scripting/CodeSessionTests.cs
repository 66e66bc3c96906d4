namespace Microsoft.ML.Spiking.Samples.Tests.Scripting;

[TestClass]
[DoNotParallelize]
public sealed class CodeSessionTests
{
    private readonly CodeSession _session = new("Microsoft.DotNet.Interactive");

    [TestMethod]
    public async Task A_piece_knows_what_the_pieces_before_it_declared()
    {
        await Run("int half = 21; class Twice { public int Of(int x) => 2 * x; }");
        IReadOnlyList<CellOutput> outputs = await Run("new Twice().Of(half)");
        CollectionAssert.AreEqual(new[] { new CellOutput("execute_result", "text/plain", "42") }, outputs.ToArray());
    }

    [TestMethod]
    public async Task Words_and_pictures_come_in_their_order()
    {
        IReadOnlyList<CellOutput> outputs = await Run("Console.WriteLine(1); Console.WriteLine(2); \"<svg/>\".DisplayAs(\"image/svg+xml\"); Console.WriteLine(3);");
        CellOutput[] expected = [new("stream", "text/plain", "1\n2\n"), new("display_data", "image/svg+xml", "<svg/>"), new("stream", "text/plain", "3\n")];
        CollectionAssert.AreEqual(expected, outputs.ToArray());
    }

    [TestMethod]
    public void An_error_names_its_place()
    {
        IReadOnlyList<string> errors = _session.Compile("int x = 1;\nint y = z;");
        Assert.HasCount(1, errors);
        StringAssert.StartsWith(errors[0], "(2,9): error CS0103");
    }

    private Task<IReadOnlyList<CellOutput>> Run(string code)
    {
        Assert.IsEmpty(_session.Compile(code));
        return _session.RunAsync();
    }
}
